package io.deployflow.sandbox.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deployflow.sandbox.Cloud;
import io.deployflow.sandbox.port.ImageManifest;
import io.deployflow.sandbox.wire.AwsException;
import io.deployflow.sandbox.wire.Json;
import io.deployflow.sandbox.wire.Operations;
import io.deployflow.sandbox.wire.Page;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Operations on image repositories. Images themselves are pushed to and pulled from the registry behind them. */
final class Ecr {

    private static final String IMMUTABLE = "IMMUTABLE";
    private static final Duration TOKEN_LIFE = Duration.ofHours(12);

    private final Cloud cloud;

    Ecr(Cloud cloud) {
        this.cloud = cloud;
    }

    void addTo(Operations operations) {
        operations
                .add("ecr", "GetAuthorizationToken", this::token)
                .add("ecr", "CreateRepository", this::create)
                .add("ecr", "DescribeRepositories", this::describe)
                .add("ecr", "DescribeImages", this::describeImages)
                .add("ecr", "ListImages", this::listImages)
                .add("ecr", "BatchGetImage", this::getImages)
                .add("ecr", "PutImage", this::put)
                .add("ecr", "PutImageTagMutability", this::mutability);
    }

    private ObjectNode token(ObjectNode request) {
        String token = Base64.getEncoder()
                .encodeToString(("AWS:" + cloud.registry().password()).getBytes(StandardCharsets.UTF_8));
        ObjectNode answer = Json.object();
        answer.putArray("authorizationData")
                .addObject()
                .put("authorizationToken", token)
                .put("expiresAt", Json.time(cloud.now().plus(TOKEN_LIFE)))
                .put("proxyEndpoint", "http://" + cloud.registry().endpoint());
        return answer;
    }

    private ObjectNode create(ObjectNode request) {
        String name = Json.required(request, "repositoryName");
        if (!name.matches("[a-z0-9]+(?:[._/-][a-z0-9]+)*")) {
            throw AwsException.invalid("Invalid parameter at 'repositoryName' failed to satisfy constraint: "
                    + "'must satisfy regular expression [a-z0-9]+(?:[._/-][a-z0-9]+)*'");
        }
        if (!cloud.repositories().add(name)) {
            throw new AwsException(
                    "RepositoryAlreadyExistsException",
                    "The repository with name '%s' already exists in the registry with id '%s'"
                            .formatted(name, cloud.arns().account()));
        }
        cloud.registry()
                .protect(name, request.path("imageTagMutability").asText().equals(IMMUTABLE));
        return Json.object().set("repository", repository(name));
    }

    private ObjectNode mutability(ObjectNode request) {
        String name = require(Json.required(request, "repositoryName"));
        String wanted = Json.required(request, "imageTagMutability");
        cloud.registry().protect(name, wanted.equals(IMMUTABLE));
        return Json.object()
                .put("registryId", cloud.arns().account())
                .put("repositoryName", name)
                .put("imageTagMutability", wanted);
    }

    private ObjectNode put(ObjectNode request) {
        String repository = require(Json.required(request, "repositoryName"));
        ImageManifest manifest = PushedManifest.of(request);
        String tag = request.path("imageTag").asText("");
        cloud.registry().manifest(repository, tag).ifPresent(known -> refuseTagged(repository, tag, known, manifest));
        cloud.registry().put(repository, tag.isEmpty() ? manifest.digest() : tag, manifest);
        return Json.object().set("image", image(repository, Json.object().put("imageTag", tag), manifest));
    }

    private void refuseTagged(String repository, String tag, ImageManifest known, ImageManifest manifest) {
        if (known.digest().equals(manifest.digest())) {
            throw new AwsException(
                    "ImageAlreadyExistsException",
                    "Image with digest '%s' and tag '%s' already exists in the repository with name '%s' in registry with id '%s'"
                            .formatted(
                                    known.digest(),
                                    tag,
                                    repository,
                                    cloud.arns().account()));
        }
        if (cloud.registry().isProtected(repository)) {
            throw new AwsException(
                    "ImageTagAlreadyExistsException",
                    "The image tag '%s' already exists in the '%s' repository and cannot be overwritten because the repository is immutable."
                            .formatted(tag, repository));
        }
    }

    private ObjectNode describe(ObjectNode request) {
        List<String> wanted = Json.texts(request, "repositoryNames");
        wanted.forEach(this::require);
        List<String> names = wanted.isEmpty() ? List.copyOf(names()) : wanted;
        Page<String> page = Page.of(names, request, 100);
        return page.mark(Json.object()
                .set(
                        "repositories",
                        Json.array(page.items().stream().map(this::repository).toList())));
    }

    private ObjectNode describeImages(ObjectNode request) {
        String repository = require(Json.required(request, "repositoryName"));
        List<ObjectNode> details = new ArrayList<>();
        byDigest(repository, request.path("imageIds")).forEach((manifest, tags) -> {
            ObjectNode detail = Json.object()
                    .put("registryId", cloud.arns().account())
                    .put("repositoryName", repository)
                    .put("imageDigest", manifest.digest())
                    .put("imageSizeInBytes", size(manifest))
                    .put("imageManifestMediaType", manifest.mediaType());
            details.add(detail.set("imageTags", Json.strings(tags)));
        });
        Page<ObjectNode> page = Page.of(details, request, 1000);
        return page.mark(Json.object().set("imageDetails", Json.array(page.items())));
    }

    private ObjectNode listImages(ObjectNode request) {
        String repository = require(Json.required(request, "repositoryName"));
        List<ObjectNode> ids = new ArrayList<>();
        byDigest(repository, Json.array())
                .forEach((manifest, tags) -> tags.forEach(tag -> ids.add(imageId(manifest, tag))));
        Page<ObjectNode> page = Page.of(ids, request, 1000);
        return page.mark(Json.object().set("imageIds", Json.array(page.items())));
    }

    private ObjectNode getImages(ObjectNode request) {
        String repository = require(Json.required(request, "repositoryName"));
        List<ObjectNode> images = new ArrayList<>();
        List<ObjectNode> failures = new ArrayList<>();
        for (JsonNode id : request.path("imageIds")) {
            cloud.registry()
                    .manifest(repository, reference(id))
                    .ifPresentOrElse(
                            manifest -> images.add(image(repository, id, manifest)), () -> failures.add(notFound(id)));
        }
        ObjectNode answer = Json.object();
        answer.set("images", Json.array(images));
        return answer.set("failures", Json.array(failures));
    }

    private ObjectNode image(String repository, JsonNode id, ImageManifest manifest) {
        ObjectNode image = Json.object()
                .put("registryId", cloud.arns().account())
                .put("repositoryName", repository)
                .put("imageManifest", manifest.body())
                .put("imageManifestMediaType", manifest.mediaType());
        return image.set("imageId", imageId(manifest, id.path("imageTag").asText("")));
    }

    private static ObjectNode notFound(JsonNode id) {
        ObjectNode failure =
                Json.object().put("failureCode", "ImageNotFound").put("failureReason", "Requested image not found");
        return failure.set("imageId", id);
    }

    /** Manifests with their tags: of every tag, or of the images named. */
    private Map<ImageManifest, Set<String>> byDigest(String repository, JsonNode imageIds) {
        Map<ImageManifest, Set<String>> images = new LinkedHashMap<>();
        for (String tag : cloud.registry().tags(repository)) {
            cloud.registry()
                    .manifest(repository, tag)
                    .ifPresent(manifest -> images.computeIfAbsent(manifest, absent -> new TreeSet<>())
                            .add(tag));
        }
        if (imageIds.isEmpty()) {
            return images;
        }
        Map<ImageManifest, Set<String>> chosen = new LinkedHashMap<>();
        for (JsonNode id : imageIds) {
            ImageManifest manifest = cloud.registry()
                    .manifest(repository, reference(id))
                    .orElseThrow(() -> new AwsException(
                            "ImageNotFoundException",
                            "The image with imageId %s does not exist within the repository with name '%s' in the registry with id '%s'"
                                    .formatted(id, repository, cloud.arns().account())));
            chosen.put(manifest, images.getOrDefault(manifest, Set.of()));
        }
        return chosen;
    }

    private static String reference(JsonNode id) {
        return Json.text(id, "imageDigest").orElseGet(() -> id.path("imageTag").asText());
    }

    private static ObjectNode imageId(ImageManifest manifest, String tag) {
        ObjectNode id = Json.object().put("imageDigest", manifest.digest());
        return tag.isEmpty() ? id : id.put("imageTag", tag);
    }

    private static long size(ImageManifest manifest) {
        long size = 0;
        for (JsonNode layer : Json.parse(manifest.body()).path("layers")) {
            size += layer.path("size").asLong();
        }
        return size;
    }

    private Set<String> names() {
        Set<String> names = new TreeSet<>(cloud.repositories());
        names.addAll(cloud.registry().repositories());
        return names;
    }

    private String require(String repository) {
        if (!names().contains(repository)) {
            throw new AwsException(
                    "RepositoryNotFoundException",
                    "The repository with name '%s' does not exist in the registry with id '%s'"
                            .formatted(repository, cloud.arns().account()));
        }
        return repository;
    }

    private ObjectNode repository(String name) {
        return Json.object()
                .put("repositoryArn", cloud.arns().of("ecr", "repository/" + name))
                .put("registryId", cloud.arns().account())
                .put("repositoryName", name)
                .put("repositoryUri", cloud.registry().endpoint() + "/" + name)
                .put("imageTagMutability", cloud.registry().isProtected(name) ? IMMUTABLE : "MUTABLE");
    }
}
