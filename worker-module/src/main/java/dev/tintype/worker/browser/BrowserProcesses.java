package dev.tintype.worker.browser;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The driver process of one Playwright and all its descendants. Playwright does not expose its
 * driver, so it is found by comparing the children of this process before and after; {@link
 * BrowserLaunch} serializes launches for that reason. Processes are killed by handle, never by
 * name.
 *
 * <p>Thread-safe: the browser's thread fills it, the watchdog reads it.
 */
final class BrowserProcesses {
  private static final String DATA_DIR = "--user-data-dir=";

  private final Set<Long> before;
  private volatile @Nullable ProcessHandle driver;

  private BrowserProcesses(Set<Long> before) {
    this.before = before;
  }

  /** Call it right before {@code Playwright.create()}. */
  static BrowserProcesses beforeLaunch() {
    return new BrowserProcesses(
        ProcessHandle.current().children().map(ProcessHandle::pid).collect(Collectors.toSet()));
  }

  /** Call it right after {@code Playwright.create()}. */
  void driverStarted() {
    driver =
        newDriver()
            .orElseThrow(() -> new IllegalStateException("no driver process has been started"));
  }

  boolean driverAlive() {
    ProcessHandle known = driver;
    return known != null && known.isAlive();
  }

  /** Where the browser keeps its profile; empty where the system does not show command lines. */
  Optional<Path> profile() {
    return tree().stream()
        .flatMap(process -> arguments(process).stream())
        .filter(argument -> argument.startsWith(DATA_DIR))
        .map(argument -> Path.of(argument.substring(DATA_DIR.length())))
        .findFirst();
  }

  /** The driver, the browser and all its processes, parents first. */
  List<ProcessHandle> tree() {
    return Optional.ofNullable(driver)
        .or(this::newDriver)
        .map(root -> Stream.concat(Stream.of(root), root.descendants()).toList())
        .orElse(List.of());
  }

  /**
   * Kills all of them without waiting for their end.
   *
   * @return the processes that are ending
   */
  List<ProcessHandle> kill() {
    // Children first: once the driver is gone, its children have another parent. Then once more,
    // for
    // processes that were started in between.
    var processes = new ArrayList<>(tree());
    Collections.reverse(processes);
    processes.forEach(ProcessHandle::destroyForcibly);
    tree().forEach(ProcessHandle::destroyForcibly);
    return processes;
  }

  private Optional<ProcessHandle> newDriver() {
    Predicate<ProcessHandle> isDriver =
        process -> {
          // Another part of this process may start a child at the same time.
          List<String> arguments = arguments(process);
          return arguments.isEmpty() || arguments.contains("run-driver");
        };
    return ProcessHandle.current()
        .children()
        .filter(process -> !before.contains(process.pid()))
        .filter(isDriver)
        .findFirst();
  }

  private static List<String> arguments(ProcessHandle process) {
    return process.info().arguments().map(List::of).orElse(List.of());
  }
}
