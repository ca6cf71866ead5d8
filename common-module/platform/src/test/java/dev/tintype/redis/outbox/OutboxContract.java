package dev.tintype.redis.outbox;

import dev.tintype.redis.connection.RedisConnections;
import dev.tintype.redis.job.QueueRig;
import dev.tintype.redis.job.QueueRig.Audit;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the outbox promises, over one Redis, which a subclass chooses. */
abstract class OutboxContract
    implements DeliveryContract, ReceiverContract, WebhookSettingsContract, DeliveryLogContract {
  // Its jobs end by hand, and so have no queue around them.
  @RegisterExtension final QueueRig rig = new QueueRig(this::uri, Audit.NOTHING);

  abstract String uri();

  @Override
  public RedisConnections redis() {
    return rig.redis();
  }

  @Override
  public String namespace() {
    return rig.namespace();
  }
}
