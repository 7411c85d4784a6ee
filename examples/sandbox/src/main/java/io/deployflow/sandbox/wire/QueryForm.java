package io.deployflow.sandbox.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads a Query form: {@code A.member.1.B=x} is {@code {"A": [{"B": "x"}]}}. */
final class QueryForm {

    private QueryForm() {}

    static ObjectNode parse(String body) {
        Map<String, String> form = new TreeMap<>();
        for (String pair : body.isEmpty() ? new String[0] : body.split("&", -1)) {
            int equals = pair.indexOf('=');
            String key = equals < 0 ? pair : pair.substring(0, equals);
            form.put(decode(key), equals < 0 ? "" : decode(pair.substring(equals + 1)));
        }
        Tree root = new Tree();
        form.forEach((path, value) -> root.put(List.of(path.split("\\.", -1)), value));
        return root.object();
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    /** A node of the form: a value, or children by the next part of the path. */
    private static final class Tree {
        private final Map<String, Tree> children = new TreeMap<>(QueryForm::byIndex);
        private String value = "";

        void put(List<String> path, String text) {
            if (path.isEmpty()) {
                value = text;
            } else {
                children.computeIfAbsent(path.get(0), part -> new Tree()).put(path.subList(1, path.size()), text);
            }
        }

        JsonNode node() {
            Tree members = children.get("member");
            if (members != null) {
                ArrayNode array = Json.array();
                members.children.values().forEach(item -> array.add(item.node()));
                return array;
            }
            return children.isEmpty() ? Json.object().textNode(value) : object();
        }

        ObjectNode object() {
            ObjectNode object = Json.object();
            children.forEach((name, child) -> object.set(name, child.node()));
            return object;
        }
    }

    /** Puts member 2 before member 10. */
    private static int byIndex(String a, String b) {
        return a.length() == b.length() || !isIndex(a) || !isIndex(b)
                ? a.compareTo(b)
                : Integer.compare(a.length(), b.length());
    }

    private static boolean isIndex(String part) {
        return part.chars().allMatch(Character::isDigit);
    }
}
