package io.deployflow.ecs;

import java.io.StringReader;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * What a {@code pom.xml} says of itself; what it inherits is in other files, and is not looked at.
 *
 * @param packaging such as {@code jar}, or {@code pom} for one that only has modules
 * @param mainClasses those that its properties, or its plugins that pack or run it, are told; each once
 */
record Pom(String packaging, Set<String> mainClasses) {
    /** Its name, at the root of the source. */
    static final String FILE = "pom.xml";

    /** Spring Boot's, the one that is packed; the rest are customs, of the plugin that runs a program among them. */
    private static final String SPRING = "start-class";

    private static final List<String> PROPERTIES = List.of("exec.mainClass", "mainClass", "main.class");
    private static final String RUNS_PROGRAMS = "exec-maven-plugin";
    private static final Pattern PROPERTY = Pattern.compile("\\$\\{([^}]+)}");
    private static final String CLASS = "[\\p{L}_$][\\p{L}\\p{N}_$]*(\\.[\\p{L}_$][\\p{L}\\p{N}_$]*)*";

    Pom {
        mainClasses = Set.copyOf(mainClasses);
    }

    /** An element that has a text, by the names of those around it. */
    private record Leaf(String path, String text) {}

    /** Reads it; empty where it is no XML, which Maven says better. */
    static Optional<Pom> parse(String text) {
        try {
            return Optional.of(of(leaves(text)));
        } catch (XMLStreamException e) {
            return Optional.empty();
        }
    }

    private static Pom of(List<Leaf> leaves) {
        Map<String, String> properties = new HashMap<>();
        for (Leaf leaf : leaves) {
            if (leaf.path().matches("project/(properties|parent)/[^/]+|project/[^/]+")) {
                String name = leaf.path().substring(leaf.path().lastIndexOf('/') + 1);
                if (leaf.path().startsWith("project/parent/")) {
                    properties.putIfAbsent("project." + name, leaf.text());
                } else {
                    properties.put(
                            leaf.path().startsWith("project/properties/") ? name : "project." + name, leaf.text());
                }
            }
        }
        return new Pom(properties.getOrDefault("project.packaging", "jar"), mainClasses(leaves, properties));
    }

    private static Set<String> mainClasses(List<Leaf> leaves, Map<String, String> properties) {
        Optional<String> spring =
                Optional.ofNullable(properties.get(SPRING)).flatMap(name -> className(name, properties));
        if (spring.isPresent()) {
            return Set.of(spring.get());
        }
        Set<String> found = new LinkedHashSet<>();
        for (String property : PROPERTIES) {
            Optional.ofNullable(properties.get(property))
                    .flatMap(name -> className(name, properties))
                    .ifPresent(found::add);
        }
        String plugin = "";
        for (Leaf leaf : leaves) {
            if (leaf.path().endsWith("/plugin/artifactId")) {
                plugin = leaf.text();
            } else if (leaf.path().matches("project/build/.*/configuration/(.*/)?mainClass")
                    && !isOfTheBuild(plugin, leaf)) {
                className(leaf.text(), properties).ifPresent(found::add);
            }
        }
        return found;
    }

    /** What a build runs on its way, such as a generator, is not what the application starts with. */
    private static boolean isOfTheBuild(String plugin, Leaf leaf) {
        return plugin.equals(RUNS_PROGRAMS) && leaf.path().contains("/executions/");
    }

    private static Optional<String> className(String text, Map<String, String> properties) {
        String name = text;
        for (int depth = 0; depth < PROPERTIES.size() && name.contains("${"); depth++) {
            name = PROPERTY.matcher(name)
                    .replaceAll(
                            match -> Matcher.quoteReplacement(properties.getOrDefault(match.group(1), match.group())));
        }
        return Optional.of(name).filter(one -> one.matches(CLASS));
    }

    private static List<Leaf> leaves(String text) throws XMLStreamException {
        XMLInputFactory factory = XMLInputFactory.newInstance();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        XMLStreamReader xml = factory.createXMLStreamReader(new StringReader(text));
        try {
            return leaves(xml);
        } finally {
            xml.close();
        }
    }

    private static List<Leaf> leaves(XMLStreamReader xml) throws XMLStreamException {
        List<Leaf> leaves = new ArrayList<>();
        Deque<String> path = new ArrayDeque<>();
        StringBuilder text = new StringBuilder();
        while (xml.hasNext()) {
            switch (xml.next()) {
                case XMLStreamConstants.START_ELEMENT -> {
                    path.addLast(xml.getLocalName());
                    text.setLength(0);
                }
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> text.append(xml.getText());
                case XMLStreamConstants.END_ELEMENT -> {
                    if (!text.toString().isBlank()) {
                        leaves.add(
                                new Leaf(String.join("/", path), text.toString().strip()));
                    }
                    text.setLength(0);
                    path.removeLast();
                }
                default -> {
                    // Comments and the like.
                }
            }
        }
        return leaves;
    }
}
