package dev.tintype.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Contestants who take turns, and how they compare. */
public final class Contest {

  /** What a contestant does in one round. */
  @FunctionalInterface
  public interface Round {
    /** Returns how much was done, a second. */
    double run() throws Exception;
  }

  /** A contestant, and the rates of the rounds that count. */
  public static final class Contestant {
    private final String name;
    private final Round round;
    private final List<Double> rates = new ArrayList<>();
    private double last;

    private Contestant(String name, Round round) {
      this.name = name;
      this.round = round;
    }
  }

  private final List<Contestant> contestants = new ArrayList<>();

  public Contestant add(String name, Round round) {
    var contestant = new Contestant(name, round);
    contestants.add(contestant);
    return contestant;
  }

  /**
   * Runs all rounds.
   *
   * @param warmUps rounds of each that are not counted: a JVM is fast only after a while
   */
  public void run(int warmUps, int rounds) throws Exception {
    print("round", contestant -> String.format(Locale.ROOT, "%14s", contestant.name));
    for (int number = 1 - warmUps; number <= rounds; number++) {
      var order = new ArrayList<>(contestants);
      if (number % 2 == 0) {
        // A machine that becomes slower by and by would favour whoever always comes first.
        Collections.reverse(order);
      }
      for (Contestant contestant : order) {
        contestant.last = contestant.round.run();
        if (number >= 1) {
          contestant.rates.add(contestant.last);
        }
      }
      print(
          number < 1 ? "warm-up" : Integer.toString(number),
          contestant -> String.format(Locale.ROOT, "%14.2f", contestant.last));
    }
    print("median", contestant -> String.format(Locale.ROOT, "%14.2f", median(contestant.rates)));
  }

  /**
   * Prints the ratio of two within each round, as its median and its ends.
   *
   * @param note what to say about it, or empty
   */
  public static void compare(Contestant one, Contestant other, String note) {
    List<Double> ratios =
        IntStream.range(0, one.rates.size())
            .mapToObj(i -> one.rates.get(i) / other.rates.get(i))
            .toList();
    System.out.printf(
        Locale.ROOT,
        "%s / %s: %.2f (rounds %.2f to %.2f)%s%n",
        one.name,
        other.name,
        median(ratios),
        Collections.min(ratios),
        Collections.max(ratios),
        note);
  }

  public static double median(List<Double> values) {
    double[] sorted = values.stream().mapToDouble(value -> value).sorted().toArray();
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  private void print(String title, Function<Contestant, String> cell) {
    System.out.printf(
        Locale.ROOT,
        "%-8s %s%n",
        title,
        contestants.stream().map(cell).collect(Collectors.joining(" ")));
  }
}
