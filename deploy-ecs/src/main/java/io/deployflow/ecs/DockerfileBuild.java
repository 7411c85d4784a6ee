package io.deployflow.ecs;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.command.BuildImageCmd;
import com.github.dockerjava.api.model.BuildResponseItem;
import io.deployflow.BuildException;
import io.deployflow.ImageArtifact;
import io.deployflow.spi.BuildStrategy;
import io.deployflow.spi.DeployContext;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Builds the image with the Docker engine, from the Dockerfile in the source. */
final class DockerfileBuild implements BuildStrategy<ImageArtifact> {
    static final String REVISION_LABEL = "org.opencontainers.image.revision";
    static final String REVISION_ARG = "REVISION";
    private static final Pattern DECLARES_REVISION = Pattern.compile("(?im)^\\s*ARG\\s+REVISION\\b");

    private final ImageSettings settings;
    private final DockerEngine engine;
    private final CacheImages cache;
    private final BuildxBuild buildx;

    DockerfileBuild(ImageSettings settings, DockerEngine engine, CacheImages cache, BuildxBuild buildx) {
        this.buildx = buildx;
        this.settings = settings;
        this.engine = engine;
        this.cache = cache;
    }

    @Override
    public ImageArtifact build(DeployContext context) {
        Path source = context.source().directory();
        String dockerfile = readDockerfile(source);
        DockerClient client = engine.client();
        Optional<String> need = BuildKit.neededFor(dockerfile);
        if (need.isPresent() && !DockerEngine.isPodman(client)) {
            return buildx(need.get(), dockerfile, context);
        }
        Set<String> cached = cache.pull(client, context);
        try {
            Path tar = context.workDirectory().resolve("context.tar");
            BuildContext.of(source, name(), context.source().revision().id()).writeTo(tar);
            try (InputStream sent = Files.newInputStream(tar)) {
                String id = run(
                        client,
                        command(client, dockerfile, context)
                                .withCacheFrom(cached)
                                .withTarInputStream(sent),
                        context);
                return new ImageArtifact(context.source().revision(), id);
            } finally {
                Files.delete(tar);
            }
        } catch (IOException e) {
            throw new BuildException(
                    "the build context cannot be packed: " + e, "Check the source and the free disk space.", null, e);
        }
    }

    private ImageArtifact buildx(String need, String dockerfile, DeployContext context) {
        if (!buildx.isThere(context)) {
            throw new BuildException(
                    "the Dockerfile needs BuildKit (" + need + "), and there is no 'docker buildx' on this machine",
                    "Install it (on Debian: apt-get install docker-buildx), or do without that syntax.");
        }
        Path source = context.source().directory();
        String revision = context.source().revision().id();
        try {
            Files.writeString(source.resolve(REVISION_ARG), revision + "\n");
        } catch (IOException e) {
            throw new BuildException("the copy of the source cannot be written: " + e, "", null, e);
        }
        boolean declares = DECLARES_REVISION.matcher(dockerfile).find();
        return new ImageArtifact(context.source().revision(), buildx.run(source, revision, declares, context));
    }

    private String name() {
        return settings.dockerfile().normalize().toString();
    }

    private String readDockerfile(Path source) {
        try {
            return Files.readString(source.resolve(name()));
        } catch (IOException e) {
            throw new BuildException(
                    "there is no Dockerfile at " + name() + " in the source",
                    "Set 'image.dockerfile' to its path; in a git work tree it must be committed.",
                    null,
                    e);
        }
    }

    private BuildImageCmd command(DockerClient client, String dockerfile, DeployContext context) {
        String revision = context.source().revision().id();
        BuildImageCmd command = client.buildImageCmd()
                .withDockerfilePath(name())
                .withRemove(true)
                .withForcerm(true)
                .withLabels(Map.of(REVISION_LABEL, revision));
        if (DECLARES_REVISION.matcher(dockerfile).find()) {
            command.withBuildArg(REVISION_ARG, revision);
        }
        settings.args().forEach(command::withBuildArg);
        settings.target().ifPresent(command::withTarget);
        settings.platform().ifPresent(command::withPlatform);
        return command;
    }

    private static String run(DockerClient client, BuildImageCmd command, DeployContext context) {
        BuildLog log = new BuildLog(context);
        Listener listener = new Listener(log);
        EngineCalls.run("the image build", listener, command::exec, context, BuildException::new);
        if (listener.error.isPresent()) {
            throw log.failure(listener.error.get());
        }
        String built = log.image().orElseThrow(() -> log.failure("the engine ended it without an image"));
        return String.valueOf(client.inspectImageCmd(built).exec().getId());
    }

    private static final class Listener extends ResultCallback.Adapter<BuildResponseItem> {
        private final BuildLog log;
        private Optional<String> error = Optional.empty();

        Listener(BuildLog log) {
            this.log = log;
        }

        @Override
        public void onNext(BuildResponseItem item) {
            if (item.getStream() != null) {
                log.append(item.getStream());
            } else if (item.getStatus() != null && item.getProgressDetail() == null) {
                log.append(item.getStatus() + "\n");
            }
            if (item.getErrorDetail() != null) {
                error = Optional.of(String.valueOf(item.getErrorDetail().getMessage()));
            }
        }
    }
}
