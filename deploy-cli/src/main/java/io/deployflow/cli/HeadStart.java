package io.deployflow.cli;

import io.deployflow.DeployFile;
import io.deployflow.Target;
import io.deployflow.spi.DeployAdapter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;

/**
 * What a command does first, begun by another processor, where there is one, while the words are read: reading the
 * deploy file, connecting to the target, asking registries, wiring. A file that cannot be read is read again where it
 * is needed, and told there; how a connection failed is told by who asks for it.
 */
final class HeadStart {
    /** Commands that ask all of the target's units something, whatever their other words are. */
    private static final Set<String> CONNECTING =
            Set.of("deploy", "plan", "rollback", "status", "releases", "lock", "unlock", "maintenance");

    /** Commands that build what is to be deployed, or see what a build would make. */
    private static final Set<String> BUILDING = Set.of("deploy", "plan", "build");

    /** Words that show nothing which is not seen here: no other file, no help. */
    private static final Pattern PLAIN = Pattern.compile("(?!--help|--version)([^-].*|--.*|-[foqv])?");

    private static final Pattern VERBOSE = Pattern.compile("--verbose.*|-[qv]*v.*");
    private static final String END_OF_OPTIONS = "--";
    private static final String DEFAULT = "deploy.yml";
    private static final String LONG = "--file";
    private static final String SHORT = "-f";

    private final CompletableFuture<Optional<Ahead>> reading;

    /**
     * A deploy file that was read ahead.
     *
     * @param adapters that it was read with
     */
    record Ahead(Path file, List<DeployAdapter<?>> adapters, DeployFile deployFile) {}

    private HeadStart(CompletableFuture<Optional<Ahead>> reading) {
        this.reading = reading;
    }

    /** For a command that begins with nothing. */
    static HeadStart none() {
        return new HeadStart(CompletableFuture.completedFuture(Optional.empty()));
    }

    /** For a command's words; a thread begins that nobody waits for the end of. */
    static HeadStart of(String... words) {
        List<String> own = own(words);
        // Before anything can log.
        Logs.configure(verbosity(own));
        CompletableFuture<Optional<Ahead>> reading = new CompletableFuture<>();
        Thread thread = new Thread(() -> begin(own, reading), "head-start");
        thread.setDaemon(true);
        thread.start();
        return new HeadStart(reading);
    }

    /** What was read ahead, if it is of this file: waits for it. */
    Optional<Ahead> of(Path file) {
        return reading.join().filter(ahead -> ahead.file().equals(file));
    }

    // Nothing is logged: what fails is told where it is needed.
    @SuppressWarnings({"CatchingUnchecked", "EmptyCatch"})
    private static void begin(List<String> words, CompletableFuture<Optional<Ahead>> reading) {
        try {
            Optional<Ahead> ahead = read(Path.of(fileOf(words)), adapters());
            ahead.ifPresent(file -> prepare(words, file));
            // Not before: the target's adapter would not find what it has begun with.
            reading.complete(ahead);
            Wiring.practise();
        } catch (RuntimeException | LinkageError | ServiceConfigurationError e) {
            // It fails again where it is needed.
        } finally {
            reading.complete(Optional.empty());
        }
    }

    /** Those of the class path. */
    static List<DeployAdapter<?>> adapters() {
        List<DeployAdapter<?>> adapters = new ArrayList<>();
        ServiceLoader.load(DeployAdapter.class).forEach(adapters::add);
        return adapters;
    }

    /** Reads a deploy file; not a pipe, say, which can be read once only. */
    static Optional<Ahead> read(Path file, List<DeployAdapter<?>> adapters) {
        return Files.isRegularFile(file)
                ? Optional.of(new Ahead(
                        file, adapters, DeployFile.reader().adapters(adapters).read(file)))
                : Optional.empty();
    }

    /** Has the adapter of the target that the second word names begin, if the command is of those that will need it. */
    static void prepare(List<String> words, Ahead ahead) {
        if (words.size() < 2 || !words.stream().allMatch(PLAIN.asMatchPredicate())) {
            return;
        }
        ahead.deployFile().targets().stream()
                .filter(target -> target.name().equals(words.get(1)))
                .forEach(target -> ahead.adapters().stream()
                        .filter(adapter -> adapter.type().equals(target.type()))
                        .forEach(adapter -> prepare(words.get(0), adapter, target)));
    }

    private static <S extends Record> void prepare(String command, DeployAdapter<S> adapter, Target target) {
        S settings = adapter.settings().cast(target.settings());
        if (CONNECTING.contains(command)) {
            adapter.prepare(settings);
        }
        if (BUILDING.contains(command)) {
            adapter.prepareBuild(settings);
        }
    }

    /** The words that are ours: not those of a command that is to be run elsewhere. */
    private static List<String> own(String... words) {
        List<String> all = List.of(words);
        int end = all.indexOf(END_OF_OPTIONS);
        return end < 0 ? all : all.subList(0, end);
    }

    private static Verbosity verbosity(List<String> words) {
        return words.stream().anyMatch(VERBOSE.asMatchPredicate()) ? Verbosity.VERBOSE : Verbosity.NORMAL;
    }

    /** The deploy file that the words of a command name, as far as that can be seen before they are read. */
    static String fileOf(List<String> words) {
        Optional<String> named = Optional.empty();
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            boolean hasNext = i + 1 < words.size();
            if (hasNext && (word.equals(LONG) || word.equals(SHORT))) {
                named = Optional.of(words.get(i + 1));
            } else if (word.startsWith(LONG + "=")) {
                named = Optional.of(word.substring(LONG.length() + 1));
            }
        }
        return named.orElse(DEFAULT);
    }
}
