package io.deployflow.sandbox.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deployflow.sandbox.Cloud;
import io.deployflow.sandbox.account.Parameter;
import io.deployflow.sandbox.ecs.Arns;
import io.deployflow.sandbox.wire.AwsException;
import io.deployflow.sandbox.wire.Json;
import io.deployflow.sandbox.wire.Operations;
import io.deployflow.sandbox.wire.Page;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** Operations on the parameters of Systems Manager. */
final class ParameterStore {

    private static final int MOST_DESCRIBED = 50;

    private final Cloud cloud;

    ParameterStore(Cloud cloud) {
        this.cloud = cloud;
    }

    void addTo(Operations operations) {
        operations
                .add("ssm", "PutParameter", this::put)
                .add("ssm", "GetParameter", this::get)
                .add("ssm", "GetParameters", this::getAll)
                .add("ssm", "DescribeParameters", this::describe);
    }

    private ObjectNode put(ObjectNode request) {
        String name = Json.required(request, "Name");
        Optional<Parameter> old = Optional.ofNullable(cloud.parameters().get(name));
        if (old.isPresent() && !request.path("Overwrite").asBoolean(false)) {
            throw new AwsException(
                    "ParameterAlreadyExists",
                    "The parameter already exists. To overwrite this value, set the overwrite option in the request to true.");
        }
        Parameter parameter = new Parameter(
                name,
                arn(name),
                Json.text(request, "Type")
                        .or(() -> old.map(Parameter::type))
                        .orElseThrow(() -> new AwsException(
                                "ValidationException", "A parameter type is required when you create a parameter.")),
                Json.required(request, "Value"),
                old.map(Parameter::version).orElse(0) + 1,
                cloud.now());
        cloud.parameters().put(name, parameter);
        return Json.object().put("Version", parameter.version()).put("Tier", "Standard");
    }

    private String arn(String name) {
        return cloud.arns().of("ssm", name.startsWith("/") ? "parameter" + name : "parameter/" + name);
    }

    private ObjectNode get(ObjectNode request) {
        Parameter parameter =
                find(Json.required(request, "Name")).orElseThrow(() -> new AwsException("ParameterNotFound", ""));
        return Json.object().set("Parameter", withValue(parameter, request));
    }

    private ObjectNode getAll(ObjectNode request) {
        List<ObjectNode> found = new ArrayList<>();
        List<String> invalid = new ArrayList<>();
        for (String name : Json.texts(request, "Names")) {
            find(name).ifPresentOrElse(each -> found.add(withValue(each, request)), () -> invalid.add(name));
        }
        ObjectNode answer = Json.object();
        answer.set("Parameters", Json.array(found));
        return answer.set("InvalidParameters", Json.strings(invalid));
    }

    private Optional<Parameter> find(String nameOrArn) {
        return cloud.parameters().values().stream()
                .filter(each -> each.name().equals(nameOrArn) || each.arn().equals(nameOrArn))
                .findFirst();
    }

    private ObjectNode describe(ObjectNode request) {
        List<ObjectNode> found = cloud.parameters().values().stream()
                .filter(each -> matches(each, request.path("ParameterFilters")))
                .map(ParameterStore::view)
                .toList();
        Page<ObjectNode> page = Page.ofCapitals(found, request, MOST_DESCRIBED);
        return page.mark(Json.object().set("Parameters", Json.array(page.items())));
    }

    /** Of the filters there is the one on the name. */
    private static boolean matches(Parameter parameter, JsonNode filters) {
        return filters.valueStream().allMatch(filter -> matchesName(parameter, filter));
    }

    private static boolean matchesName(Parameter parameter, JsonNode filter) {
        if (!filter.path("Key").asText().equals("Name")) {
            throw new AwsException("InvalidFilterKey", "The sandbox has the filter key Name only.");
        }
        String option = filter.path("Option").asText("Equals");
        return Json.texts(filter, "Values").stream().anyMatch(value -> switch (option) {
            case "BeginsWith" -> parameter.name().startsWith(value);
            case "Contains" -> parameter.name().contains(value);
            default -> parameter.name().equals(value);
        });
    }

    private static ObjectNode withValue(Parameter parameter, ObjectNode request) {
        boolean hidden = parameter.type().equals("SecureString")
                && !request.path("WithDecryption").asBoolean(false);
        return view(parameter).put("Value", hidden ? encrypted(parameter) : parameter.value());
    }

    private static String encrypted(Parameter parameter) {
        byte[] name = Arns.name(parameter.arn()).getBytes(StandardCharsets.UTF_8);
        return "AQICAH" + Base64.getEncoder().encodeToString(name);
    }

    private static ObjectNode view(Parameter parameter) {
        return Json.object()
                .put("Name", parameter.name())
                .put("ARN", parameter.arn())
                .put("Type", parameter.type())
                .put("Version", parameter.version())
                .put("LastModifiedDate", Json.time(parameter.modifiedAt()))
                .put("Tier", "Standard")
                .put("DataType", "text");
    }
}
