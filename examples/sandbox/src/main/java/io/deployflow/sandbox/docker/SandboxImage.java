package io.deployflow.sandbox.docker;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The images that the sandbox is made of; each is a folder of resources with a Dockerfile. */
public enum SandboxImage {
    /** The registry behind ECR. */
    REGISTRY("registry", "entrypoint.sh"),
    /** One listener of the load balancer. */
    HAPROXY("haproxy", "entrypoint.sh"),
    /** A host to deploy directories to. */
    SSH_HOST("ssh-host", "entrypoint.sh"),
    /** What a container runs that serves from the directory deployed to. */
    APP_RUNTIME("app-runtime", "serve.sh"),
    /** What a new service runs until something is deployed. */
    PLACEHOLDER("placeholder", "serve.pl"),
    /** A host that has git too, as Capistrano needs it. */
    SSH_GIT_HOST("ssh-git-host", SSH_HOST),
    /** The machine that Capistrano deploys from. */
    CAPISTRANO("capistrano", SSH_GIT_HOST);

    private static final String FOLDER = "/io/deployflow/sandbox/images/";
    private static final int DIGEST_LENGTH = 12;

    private final String folder;
    private final Optional<String> file;
    private final Optional<SandboxImage> parent;

    SandboxImage(String folder, String file) {
        this(folder, Optional.of(file), Optional.empty());
    }

    SandboxImage(String folder, SandboxImage parent) {
        this(folder, Optional.empty(), Optional.of(parent));
    }

    SandboxImage(String folder, Optional<String> file, Optional<SandboxImage> parent) {
        this.folder = folder;
        this.file = file;
        this.parent = parent;
    }

    /**
     * What it is built from.
     *
     * @return another of these, whose reference its Dockerfile takes as the argument {@code BASE}; empty for the base
     *     image
     */
    Optional<SandboxImage> parent() {
        return parent;
    }

    /**
     * The build context.
     *
     * @return content by file name
     */
    Map<String, byte[]> context() {
        Map<String, byte[]> context = new LinkedHashMap<>();
        context.put("Dockerfile", resource("Dockerfile"));
        file.ifPresent(name -> context.put(name, resource(name)));
        return context;
    }

    /**
     * A name that changes with whatever goes into the image.
     *
     * @param base the engine's id of the base image, or the reference of the parent
     * @return {@code repository:tag}
     */
    String reference(String base) {
        MessageDigest digest = sha256();
        digest.update(base.getBytes(StandardCharsets.UTF_8));
        context().values().forEach(digest::update);
        return "deployflow-sandbox/" + folder + ":"
                + HexFormat.of().formatHex(digest.digest()).substring(0, DIGEST_LENGTH);
    }

    private byte[] resource(String name) {
        String path = FOLDER + folder + "/" + name;
        try (InputStream in = SandboxImage.class.getResourceAsStream(path)) {
            if (in == null) {
                throw new SandboxException("The sandbox was packaged without " + path);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new SandboxException("Cannot read " + path + " from the sandbox's class path", e);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
