package dev.tintype.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.lang.ArchRule;
import io.vertx.core.Context;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;

/** Which packages may depend on which, and which methods may be called where. */
final class ArchitectureRules {
  private static final String[] MODEL = {
    "dev.tintype.job..", "dev.tintype.capture..", "dev.tintype.webhook..", "dev.tintype.json.."
  };

  private static final String[] STORES = {
    "dev.tintype.queue..", "dev.tintype.outbox..", "dev.tintype.image..", "dev.tintype.redis.."
  };

  private ArchitectureRules() {}

  /** All rules, by name. */
  static Map<String, ArchRule> all() {
    Map<String, ArchRule> rules = new LinkedHashMap<>();
    rules.put(
        "the model depends on the JDK, Jackson and JSpecify",
        classes()
            .that()
            .resideInAnyPackage(MODEL)
            .should()
            .onlyDependOnClassesThat(
                resideInAnyPackage(
                    and(
                        MODEL,
                        "java..",
                        "javax.crypto..",
                        "com.fasterxml.jackson..",
                        "org.jspecify.."))));
    rules.put("Lettuce stays in redis", onlyIn("io.lettuce..", "dev.tintype.redis.."));
    rules.put(
        "Playwright stays with the browser and the capture",
        onlyIn(
            "com.microsoft.playwright..",
            "dev.tintype.worker.browser..",
            "dev.tintype.worker.capture.."));
    rules.put(
        "picocli stays with the commands",
        onlyIn("picocli..", "dev.tintype.server..", "dev.tintype.cli.."));
    rules.put(
        "the seams know neither Redis nor JSON",
        noClasses()
            .that()
            .resideInAnyPackage(
                "dev.tintype.queue..", "dev.tintype.outbox..", "dev.tintype.image..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.tintype.redis..", "io.lettuce..", "com.fasterxml.jackson.."));
    rules.put(
        "worker.browser imports neither job nor queue",
        noClasses()
            .that()
            .resideInAPackage("dev.tintype.worker.browser..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(and(STORES, "dev.tintype.job..")));
    rules.put(
        "worker.capture imports no store and no HTTP",
        noClasses()
            .that()
            .resideInAPackage("dev.tintype.worker.capture..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(and(STORES, "io.vertx.core.http..", "java.net.http..")));
    rules.put(
        "worker.egress imports neither jobs nor browsers",
        noClasses()
            .that()
            .resideInAPackage("dev.tintype.worker.egress..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                and(
                    STORES,
                    "dev.tintype.job..",
                    "dev.tintype.capture..",
                    "dev.tintype.worker.browser..",
                    "dev.tintype.worker.capture..")));
    rules.put(
        "worker.webhook imports neither browser nor capture",
        noClasses()
            .that()
            .resideInAPackage("dev.tintype.worker.webhook..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.tintype.worker.browser..", "dev.tintype.worker.capture.."));
    rules.put(
        "the API and the worker know the queue by its seams",
        noClasses()
            .that()
            .resideInAnyPackage("dev.tintype.api..", "dev.tintype.worker..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.tintype.redis.."));
    rules.put(
        "the API and the worker do not know each other",
        noClasses()
            .that()
            .resideInAPackage("dev.tintype.api..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.tintype.worker..")
            .orShould()
            .dependOnClassesThat(
                resideInAnyPackage("com.microsoft.playwright..").as("the browser")));
    rules.put(
        "the client commands import the client and the model, nothing else of ours",
        noClasses()
            .that()
            .resideInAPackage("dev.tintype.cli..")
            .should()
            .dependOnClassesThat(
                resideInAPackage("dev.tintype..")
                    .and(
                        resideOutsideOfPackages(
                            and(MODEL, "dev.tintype.cli..", "dev.tintype.client..")))));
    rules.put(
        "the client depends on the JDK, Jackson and the model",
        classes()
            .that()
            .resideInAPackage("dev.tintype.client..")
            .should()
            .onlyDependOnClassesThat(
                resideInAnyPackage(
                    and(
                        MODEL,
                        "dev.tintype.client..",
                        "com.fasterxml.jackson..",
                        "java..",
                        "javax.net.ssl..",
                        "org.jspecify.."))));
    rules.put(
        "nothing depends on the composition root",
        noClasses()
            .that(resideOutsideOfPackages("dev.tintype.server.."))
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.tintype.server.."));
    rules.put(
        "only commands exit the process",
        noClasses()
            .that(resideOutsideOfPackages("dev.tintype.server..", "dev.tintype.cli.."))
            .should()
            .callMethod(System.class, "exit", int.class)
            .orShould()
            .callMethod(Runtime.class, "halt", int.class));
    rules.put(
        "time is injected",
        noClasses()
            .that()
            .resideInAPackage("dev.tintype..")
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(Clock.class, "systemUTC"));
    rules.put(
        "futures of Lettuce become futures of Vert.x in redis.connection only",
        noClasses()
            .that()
            .resideInAPackage("dev.tintype.redis..")
            .and(resideOutsideOfPackages("dev.tintype.redis.connection.."))
            .should()
            .callMethod(Future.class, "fromCompletionStage", CompletionStage.class)
            .orShould()
            .callMethod(Future.class, "fromCompletionStage", CompletionStage.class, Context.class));
    rules.put(
        "only the blocking client sleeps",
        noClasses()
            .that(resideOutsideOfPackages("dev.tintype.client.."))
            .should()
            .callMethod(Thread.class, "sleep", long.class));
    rules.put(
        "packages are free of cycles",
        slices().matching("dev.tintype.(*)..").should().beFreeOfCycles());
    rules.put(
        "the packages of the CLI are free of cycles",
        slices().matching("dev.tintype.cli.(**)").should().beFreeOfCycles());
    rules.put(
        "the packages of the API are free of cycles",
        slices().matching("dev.tintype.api.(**)").should().beFreeOfCycles());
    rules.put(
        "no resource of the API knows another one",
        slices()
            .matching("dev.tintype.api.(job|batch|event|webhook|reference|health)..")
            .should()
            .notDependOnEachOther());
    rules.put(
        "the HTTP parts of the API know no resource",
        noClasses()
            .that()
            .resideInAPackage("dev.tintype.api.http..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                "dev.tintype.api",
                "dev.tintype.api.access..",
                "dev.tintype.api.view..",
                "dev.tintype.api.submission..",
                "dev.tintype.api.job..",
                "dev.tintype.api.batch..",
                "dev.tintype.api.event..",
                "dev.tintype.api.webhook..",
                "dev.tintype.job.."));
    rules.put(
        "packages have names with a meaning",
        noClasses()
            .should()
            .resideInAnyPackage(
                "..util..",
                "..utils..",
                "..common..",
                "..helper..",
                "..manager..",
                "..impl..",
                "..base.."));
    return rules;
  }

  private static String[] and(String[] some, String... others) {
    return Stream.concat(Stream.of(some), Stream.of(others)).toArray(String[]::new);
  }

  private static ArchRule onlyIn(String library, String... packages) {
    return noClasses()
        .that(resideOutsideOfPackages(packages))
        .should()
        .dependOnClassesThat()
        .resideInAPackage(library);
  }
}
