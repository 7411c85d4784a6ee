package io.deployflow.internal.circleci;

import io.deployflow.internal.config.yaml.Location;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What stands for CircleCI's variables, in scripts and in the keys of caches. */
final class CircleVariables {
    private static final Map<String, String> OURS = Map.of(
            "CIRCLE_BRANCH", "DEPLOYFLOW_BRANCH",
            "CIRCLE_TAG", "DEPLOYFLOW_TAG",
            "CIRCLE_SHA1", "DEPLOYFLOW_REVISION",
            "CIRCLE_BUILD_URL", "DEPLOYFLOW_RUN_URL",
            "CIRCLE_JOB", "DEPLOYFLOW_JOB",
            "CIRCLE_BUILD_NUM", "DEPLOYFLOW_RUN",
            "CIRCLE_NODE_INDEX", "DEPLOYFLOW_SPLIT_INDEX",
            "CIRCLE_NODE_TOTAL", "DEPLOYFLOW_SPLIT_TOTAL",
            "CIRCLE_ARTIFACTS", "DEPLOYFLOW_ARTIFACTS");
    private static final Pattern THEIRS = Pattern.compile("\\bCIRCLE_[A-Z0-9_]+\\b");
    private static final Pattern KEY = Pattern.compile("\\{\\{\\s*\\.([A-Za-z.0-9_]+)\\s*}}");

    private CircleVariables() {}

    static String inScript(String script, Location place, Notes notes) {
        Matcher theirs = THEIRS.matcher(script);
        StringBuilder ours = new StringBuilder();
        while (theirs.find()) {
            String name = OURS.getOrDefault(theirs.group(), theirs.group());
            if (name.equals(theirs.group())) {
                notes.leftover(
                        place, "the variable " + name, "Nothing sets it; set it where the flow runs, or do without.");
            }
            theirs.appendReplacement(ours, name);
        }
        // What deploy.yml would take for a variable of its own.
        return theirs.appendTail(ours).toString().replace("${env:", "$${env:");
    }

    /** {@code {{ .Branch }}} becomes {@code {{ branch }}}. */
    static String inKey(String key) {
        return KEY.matcher(key).replaceAll(found -> Matcher.quoteReplacement("{{ " + inBraces(found.group(1)) + " }}"));
    }

    private static String inBraces(String name) {
        return switch (name) {
            case "BuildNum" -> "run";
            case "CheckoutKey" -> "application";
            default ->
                name.startsWith("Environment.")
                        ? "environment." + name.substring("Environment.".length())
                        : Character.toLowerCase(name.charAt(0)) + name.substring(1);
        };
    }
}
