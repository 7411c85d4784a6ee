package io.deployflow.sandbox.docker;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The images that the sandbox is made of; each is a folder of resources with a Dockerfile. */
public enum SandboxImage {
    /** The registry behind ECR. */
    REGISTRY("registry", "entrypoint.sh"),
    /** One listener of the load balancer. */
    HAPROXY("haproxy", "entrypoint.sh"),
    /** A host to deploy directories to. */
    SSH_HOST("ssh-host", "entrypoint.sh"),
    /** What a new service runs until something is deployed. */
    PLACEHOLDER("placeholder", "serve.pl");

    private static final String FOLDER = "/io/deployflow/sandbox/images/";
    private static final int DIGEST_LENGTH = 12;

    private final String folder;
    private final String file;

    SandboxImage(String folder, String file) {
        this.folder = folder;
        this.file = file;
    }

    /**
     * The build context.
     *
     * @return content by file name
     */
    Map<String, byte[]> context() {
        Map<String, byte[]> context = new LinkedHashMap<>();
        for (String name : List.of("Dockerfile", file)) {
            context.put(name, resource(FOLDER + folder + "/" + name));
        }
        return context;
    }

    /**
     * A name that changes with whatever goes into the image.
     *
     * @param baseImageId the engine's id of the base image
     * @return {@code repository:tag}
     */
    String reference(String baseImageId) {
        MessageDigest digest = sha256();
        digest.update(baseImageId.getBytes(StandardCharsets.UTF_8));
        context().values().forEach(digest::update);
        return "deployflow-sandbox/" + folder + ":"
                + HexFormat.of().formatHex(digest.digest()).substring(0, DIGEST_LENGTH);
    }

    private static byte[] resource(String path) {
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
