package io.deployflow.sandbox.wire;

import com.fasterxml.jackson.databind.JsonNode;

/** Writes a JSON value as AWS Query XML: a field is an element, an item of an array is a {@code member}. */
final class Xml {

    private Xml() {}

    static String document(String root, String namespace, JsonNode content) {
        StringBuilder xml = new StringBuilder();
        xml.append('<').append(root).append(" xmlns=\"").append(namespace).append("\">");
        write(content, xml);
        return xml.append("</").append(root).append('>').toString();
    }

    private static void write(JsonNode node, StringBuilder xml) {
        if (node.isObject()) {
            node.properties().forEach(field -> element(field.getKey(), field.getValue(), xml));
        } else if (node.isArray()) {
            node.forEach(item -> element("member", item, xml));
        } else {
            xml.append(escape(node.asText()));
        }
    }

    private static void element(String name, JsonNode content, StringBuilder xml) {
        xml.append('<').append(name).append('>');
        write(content, xml);
        xml.append("</").append(name).append('>');
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
