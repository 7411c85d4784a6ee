package io.deployflow.ecs;

import io.deployflow.ecs.internal.registry.Digests;
import io.deployflow.spi.InvalidSettingException;
import io.deployflow.spi.Setting;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * An image that is built without a Docker engine: a base image, and files in layers upon it.
 *
 * @param base the base image, with a tag or pinned to a digest; {@code scratch} for none
 * @param kind of application, which has its own defaults for all that is not set
 * @param directory where the application comes to in the image
 * @param stack the layers, what rarely changes first; the kind's where there are none
 * @param entrypoint words of the entrypoint
 * @param command words of the command
 * @param environment variables, added to the base image's
 * @param user who runs it
 * @param labels added to the base image's
 * @param ports that it listens on
 * @param workdir where it starts; the directory where it is missing
 * @param platforms the base image's platforms to build for; this machine's where there are none
 * @param sbom whether a list of all that is in the layers is attached to the image
 * @param cache where layers are kept
 */
public record LayersSettings(
        @Setting(value = "Base image, with a tag or pinned with @sha256:...; scratch for none", required = true)
        String base,

        @Setting(value = "Kind of application, for the defaults of all that is not set", defaultValue = "auto")
        Kind kind,

        @Setting("Where the application comes to in the image; default: /app, for static files the server's")
        Optional<String> directory,

        @Setting("Layers, what rarely changes first; default: those of the kind")
        List<Layer> stack,

        @Setting("Words of the entrypoint; default: the base image's")
        List<String> entrypoint,

        @Setting("Words of the command; default: the kind's, else the base image's")
        List<String> command,

        @Setting("Environment variables, added to the base image's")
        Map<String, String> environment,

        @Setting("User that it runs as; default: the base image's")
        Optional<String> user,

        @Setting("Labels, added to the base image's") Map<String, String> labels,

        @Setting("Ports that it listens on, such as 3000 or 53/udp")
        List<String> ports,

        @Setting("Directory where it starts; default: where the application is")
        Optional<String> workdir,

        @Setting("Platforms of the base image to build for, such as linux/arm64; default: this machine's")
        List<String> platforms,

        @Setting(value = "Attach a list of what is in the layers (CycloneDX) to the image", defaultValue = "false")
        boolean sbom,

        @Setting("Where layers are kept between builds") Optional<Cache> cache) {
    private static final String PORT = "\\d{1,5}(/(tcp|udp))?";
    private static final String PLATFORM = "[a-z0-9]+/[a-z0-9_]+(/[a-z0-9]+)?";

    /** Links of many base images: a directory in their place would hide what they lead to. */
    private static final String LINKED = "(bin|sbin|lib|lib32|lib64|libx32|var/run|var/lock)";

    /** A kind of application. */
    public enum Kind {
        /** What the files at the root of the source tell. */
        AUTO,
        /** Ruby with Bundler. */
        RUBY,
        /** Node with npm. */
        NODE,
        /** Python with pip. */
        PYTHON,
        /** Java with Maven. */
        JAVA,
        /** Files for a web server. */
        STATIC
    }

    /** Checks the parts and copies the collections. */
    public LayersSettings {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(user, "user");
        Objects.requireNonNull(cache, "cache");
        stack = List.copyOf(stack);
        entrypoint = List.copyOf(entrypoint);
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
        labels = Map.copyOf(labels);
        ports = List.copyOf(ports);
        platforms = List.copyOf(platforms);
        if (base.isBlank()) {
            throw new InvalidSettingException("base", "must not be empty");
        }
        if (!isImage(base)) {
            throw new InvalidSettingException(
                    "base", "must be an image such as ruby:3.3, where one is pinned with @sha256: and 64 digits");
        }
        directory.ifPresent(path -> requireOwn("directory", path));
        workdir.ifPresent(path -> requireAbsolute("workdir", path));
        ports.stream().filter(port -> !port.matches(PORT)).findFirst().ifPresent(port -> {
            throw new InvalidSettingException(
                    "ports", "must be numbers such as 3000 or 53/udp, and '" + port + "' is not");
        });
        platforms.stream().filter(one -> !one.matches(PLATFORM)).findFirst().ifPresent(one -> {
            throw new InvalidSettingException("platforms", "must be such as linux/arm64, and '" + one + "' is not");
        });
    }

    /** A base image and the defaults of the kind that the files tell. */
    public static LayersSettings of(String base) {
        return new LayersSettings(
                base,
                Kind.AUTO,
                Optional.empty(),
                List.of(),
                List.of(),
                List.of(),
                Map.of(),
                Optional.empty(),
                Map.of(),
                List.of(),
                Optional.empty(),
                List.of(),
                false,
                Optional.empty());
    }

    /** Whether they say what the image starts: then neither the kind nor the base image does. */
    boolean saysWhatStarts() {
        return !command.isEmpty() || !entrypoint.isEmpty();
    }

    private static boolean isImage(String text) {
        try {
            return ImageReference.parse(text).digest().stream().allMatch(Digests::isDigest);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Whether a path from the root, without the slash that it begins with, is a link in many base images. */
    static boolean isLinked(String path) {
        return path.matches(LINKED);
    }

    private static void requireOwn(String key, String path) {
        requireAbsolute(key, path);
        if (path.matches("/" + LINKED + "(/.*)?")) {
            throw new InvalidSettingException(
                    key, "is a link in many base images: write /usr/bin, /usr/lib, /run and so on");
        }
    }

    private static void requireAbsolute(String key, String path) {
        if (!path.startsWith("/") || path.contains("/../") || path.contains("//")) {
            throw new InvalidSettingException(key, "must be a path from the image's root, such as /app");
        }
    }

    /**
     * One layer.
     *
     * @param name for people
     * @param from paths in the source; one that ends with a slash gives what is in it
     * @param to the directory in the image that they come to; the application's where it is missing
     * @param exclude patterns of paths that stay out, as in a {@code .dockerignore}
     * @param owner whose the files are, by number
     * @param modes modes by pattern; the last that matches counts
     * @param split whether it is divided, so that a changed file changes a small layer
     * @param prepare commands that make what is taken
     * @param locks files that all of that depends on; the commands run again when one has changed
     */
    public record Layer(
            @Setting(value = "Name of the layer", required = true)
            String name,

            @Setting(value = "Paths in the source; one that ends with / gives what is in it", required = true)
            List<String> from,

            @Setting("Directory in the image that they come to; default: the application's")
            Optional<String> to,

            @Setting("Patterns of paths that stay out, as in a .dockerignore")
            List<String> exclude,

            @Setting(value = "Whose the files are, by number: 1000 or 1000:1000", defaultValue = "0:0")
            String owner,

            @Setting("Modes by pattern, such as \"bin/*\": \"0755\"")
            Map<String, String> modes,

            @Setting(value = "Divide it, so that a changed file changes a small layer", defaultValue = "false")
            boolean split,

            @Setting("Commands, run in a copy of the source, that make what is taken")
            List<String> prepare,

            @Setting("Files that this depends on: the commands run again when one has changed")
            List<String> locks) {
        private static final String OWNER = "\\d{1,9}(:\\d{1,9})?";
        private static final String MODE = "[0-7]{3,4}";

        /** Checks the parts and copies the collections. */
        public Layer {
            from = List.copyOf(from);
            exclude = List.copyOf(exclude);
            modes = Collections.unmodifiableMap(new LinkedHashMap<>(modes)); // In their order: the last counts.
            prepare = List.copyOf(prepare);
            locks = List.copyOf(locks);
            if (from.isEmpty() || from.stream().anyMatch(path -> path.startsWith("/") || path.contains(".."))) {
                throw new InvalidSettingException("from", "must be paths in the source, such as vendor or dist/");
            }
            to.ifPresent(path -> requireOwn("to", path));
            if (!owner.matches(OWNER)) {
                throw new InvalidSettingException("owner", "must be numbers such as 1000 or 1000:1000");
            }
            if (!modes.values().stream().allMatch(mode -> mode.matches(MODE))) {
                throw new InvalidSettingException("modes", "must be octal, in quotes, such as \"0755\"");
            }
            if (!prepare.isEmpty() && split) {
                throw new InvalidSettingException(
                        "split",
                        "is not for a layer that 'prepare' makes: it is made anew as a whole when one of its 'locks' has"
                                + " changed");
            }
            if (!prepare.isEmpty() && locks.isEmpty()) {
                throw new InvalidSettingException(
                        "locks", "must name the files that what 'prepare' makes depends on, such as Gemfile.lock");
            }
        }
    }

    /**
     * Where layers are kept between builds.
     *
     * @param directory where
     * @param megabytes how much of them
     */
    public record Cache(
            @Setting("Directory; default: deployflow/images in $XDG_CACHE_HOME or ~/.cache")
            Optional<Path> directory,

            @Setting(value = "How many megabytes of layers to keep", defaultValue = "2048")
            long megabytes) {
        /** Checks the parts. */
        public Cache {
            Objects.requireNonNull(directory, "directory");
            if (megabytes < 0) {
                throw new InvalidSettingException("megabytes", "must not be negative");
            }
        }
    }
}
