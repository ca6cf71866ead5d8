package dev.tintype.client;

/**
 * No answer came, however often the server was asked. A submission may or may not have arrived;
 * sent again under its own key it makes no second job.
 */
public final class ServerAwayException extends TintypeException {
  private static final long serialVersionUID = 1;

  private final boolean wasThere;

  ServerAwayException(String message, boolean wasThere) {
    super(message);
    this.wasThere = wasThere;
  }

  /** Whether it had answered before, in the same call. */
  public boolean wasThere() {
    return wasThere;
  }
}
