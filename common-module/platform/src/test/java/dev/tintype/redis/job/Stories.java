package dev.tintype.redis.job;

import dev.tintype.capture.Priority;
import dev.tintype.redis.job.ModelRun.CancelJob;
import dev.tintype.redis.job.ModelRun.Claim;
import dev.tintype.redis.job.ModelRun.ClaimAgain;
import dev.tintype.redis.job.ModelRun.Complete;
import dev.tintype.redis.job.ModelRun.Expire;
import dev.tintype.redis.job.ModelRun.Fail;
import dev.tintype.redis.job.ModelRun.Forget;
import dev.tintype.redis.job.ModelRun.Reclaim;
import dev.tintype.redis.job.ModelRun.Reconcile;
import dev.tintype.redis.job.ModelRun.Release;
import dev.tintype.redis.job.ModelRun.Renew;
import dev.tintype.redis.job.ModelRun.Retry;
import dev.tintype.redis.job.ModelRun.Step;
import dev.tintype.redis.job.ModelRun.Submit;
import dev.tintype.redis.job.ModelRun.Trim;
import dev.tintype.redis.job.QueueModel.When;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.function.Predicate;

/** Makes stories by chance, the same ones for the same seed, and cuts them down. */
final class Stories {
  private static final int LONGEST = 60;
  // Far enough back for a lease that was lost, and a job that has finished.
  private static final int BACK = 8;

  /** Each as often as it is listed; half of what happens is that jobs come and are claimed. */
  private static final List<Function<Random, Step>> STEPS =
      List.of(
          Stories::submit,
          Stories::submit,
          Stories::submit,
          Stories::submit,
          Stories::submit,
          Stories::submit,
          random -> new Claim(random.nextInt(3) == 0),
          random -> new Claim(random.nextInt(3) == 0),
          random -> new Claim(random.nextInt(3) == 0),
          random -> new Claim(random.nextInt(3) == 0),
          random -> new Claim(random.nextInt(3) == 0),
          random -> new ClaimAgain(),
          random -> new Complete(random.nextInt(BACK)),
          random -> new Complete(random.nextInt(BACK)),
          random -> new Complete(random.nextInt(BACK)),
          random -> new Fail(random.nextInt(BACK)),
          random -> new Retry(random.nextInt(BACK), random.nextBoolean()),
          random -> new Retry(random.nextInt(BACK), true),
          random -> new Release(random.nextInt(BACK)),
          random -> new Renew(random.nextInt(BACK)),
          random -> new CancelJob(random.nextInt(BACK)),
          random -> new CancelJob(random.nextInt(BACK)),
          random -> new Forget(random.nextInt(BACK)),
          random -> new Reclaim(),
          random -> new Expire(),
          random -> new Trim(random.nextInt(BACK)),
          random -> new Reconcile());

  private Stories() {}

  static List<Step> story(long seed) {
    var random = new Random(seed);
    List<Step> story = new ArrayList<>();
    for (int length = 1 + random.nextInt(LONGEST); length > 0; length--) {
      story.add(STEPS.get(random.nextInt(STEPS.size())).apply(random));
    }
    return story;
  }

  private static Step submit(Random random) {
    return new Submit(
        random.nextInt(2),
        any(List.of(0, 0, 0, 1, 2), random),
        any(List.of(Priority.values()), random),
        any(List.of(When.NOW, When.NOW, When.NOW, When.NOW, When.LATER, When.TOO_LATE), random),
        random.nextInt(4) == 0);
  }

  private static <T> T any(List<T> choices, Random random) {
    return choices.get(random.nextInt(choices.size()));
  }

  /** Leaves out what is not needed for the story to still fail: halves first, single steps last. */
  static List<Step> shortest(List<Step> failing, Predicate<List<Step>> fails) {
    List<Step> story = failing;
    for (int part = Math.max(1, story.size() / 2); part >= 1; part /= 2) {
      int from = 0;
      while (from < story.size()) {
        List<Step> shorter = new ArrayList<>(story);
        shorter.subList(from, Math.min(story.size(), from + part)).clear();
        if (fails.test(shorter)) {
          story = shorter;
        } else {
          from += part;
        }
      }
    }
    return story;
  }
}
