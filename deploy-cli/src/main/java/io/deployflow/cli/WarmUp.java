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
import java.util.stream.Collectors;

/**
 * Has another processor, where there is one, do once and for nothing what takes long the first time, while the words of
 * a command are read: wiring, reading the deploy file, and what the adapters of its targets know of themselves.
 */
final class WarmUp {
    private static final String DEFAULT = "deploy.yml";
    private static final String LONG = "--file";
    private static final String SHORT = "-f";

    private WarmUp() {}

    /** Starts it; nobody waits for its end. */
    static void start(String... words) {
        Thread thread = new Thread(() -> run(fileOf(words)), "warm-up");
        thread.setDaemon(true);
        thread.start();
    }

    // Nothing is logged: how much of it is wanted is not known yet.
    @SuppressWarnings({"CatchingUnchecked", "EmptyCatch"})
    private static void run(String file) {
        try {
            Wiring.practise();
            List<DeployAdapter<?>> adapters = new ArrayList<>();
            ServiceLoader.load(DeployAdapter.class).forEach(adapters::add);
            practise(Path.of(file), adapters);
        } catch (RuntimeException | LinkageError | ServiceConfigurationError e) {
            // It fails again where it is needed, and is told there.
        }
    }

    /** Reads a deploy file, and warms up those of the adapters that its targets have. */
    static void practise(Path file, List<DeployAdapter<?>> adapters) {
        // Anything but a file, such as a pipe, can be read once only.
        if (!Files.isRegularFile(file)) {
            return;
        }
        Set<String> types = DeployFile.reader().adapters(adapters).read(file).targets().stream()
                .map(Target::type)
                .collect(Collectors.toSet());
        adapters.stream().filter(adapter -> types.contains(adapter.type())).forEach(DeployAdapter::warmUp);
    }

    /** The deploy file that the words of a command name, as far as that can be seen before they are read. */
    static String fileOf(String... words) {
        Optional<String> named = Optional.empty();
        for (int i = 0; i < words.length; i++) {
            boolean hasNext = i + 1 < words.length;
            if (hasNext && (words[i].equals(LONG) || words[i].equals(SHORT))) {
                named = Optional.of(words[i + 1]);
            } else if (words[i].startsWith(LONG + "=")) {
                named = Optional.of(words[i].substring(LONG.length() + 1));
            }
        }
        return named.orElse(DEFAULT);
    }
}
