package io.deployflow.internal.flow;

import io.deployflow.flow.TestSummary.Outcome;
import io.deployflow.flow.TestSummary.TestCase;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** Reads test results as JUnit writes them, and everything that writes like it. */
final class JUnitXml {
    private static final double MILLIS = 1000;

    private final XMLStreamReader xml;
    private final List<TestCase> cases = new ArrayList<>();
    private String suiteFile = "";

    private JUnitXml(XMLStreamReader xml) {
        this.xml = xml;
    }

    /**
     * Reads a file; nothing that it names outside of itself is looked at.
     *
     * @throws IOException if it is no such file
     */
    static List<TestCase> read(Path file) throws IOException {
        XMLInputFactory factory = XMLInputFactory.newInstance();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        try (InputStream in = Files.newInputStream(file)) {
            XMLStreamReader xml = factory.createXMLStreamReader(in);
            try {
                return new JUnitXml(xml).cases();
            } finally {
                xml.close();
            }
        } catch (XMLStreamException | NumberFormatException e) {
            throw new IOException(file + " is no JUnit XML: " + e.getMessage(), e);
        }
    }

    private List<TestCase> cases() throws XMLStreamException {
        while (xml.hasNext()) {
            if (xml.next() == XMLStreamConstants.START_ELEMENT) {
                if (xml.getLocalName().equals("testsuite")) {
                    suiteFile = attribute("file");
                } else if (xml.getLocalName().equals("testcase")) {
                    cases.add(testCase());
                }
            }
        }
        return List.copyOf(cases);
    }

    private TestCase testCase() throws XMLStreamException {
        String suite = attribute("classname");
        String name = attribute("name");
        String file = attribute("file").isEmpty() ? suiteFile : attribute("file");
        Duration took = seconds(attribute("time"));
        Outcome outcome = Outcome.PASSED;
        String message = "";
        for (int depth = 1; depth > 0 && xml.hasNext(); ) {
            int event = xml.next();
            if (event == XMLStreamConstants.END_ELEMENT) {
                depth--;
            } else if (event == XMLStreamConstants.START_ELEMENT) {
                depth++;
                switch (xml.getLocalName()) {
                    case "failure", "error" -> {
                        outcome = Outcome.FAILED;
                        message = attribute("message");
                    }
                    case "skipped" -> outcome = outcome == Outcome.PASSED ? Outcome.SKIPPED : outcome;
                    default -> {
                        // Output and properties do not change how it ended.
                    }
                }
            }
        }
        return new TestCase(suite, name, Optional.of(file).filter(text -> !text.isEmpty()), took, outcome, message);
    }

    private String attribute(String name) {
        return Optional.ofNullable(xml.getAttributeValue(null, name)).orElse("");
    }

    /** Surefire writes thousands with commas. */
    private static Duration seconds(String text) {
        return text.isEmpty()
                ? Duration.ZERO
                : Duration.ofMillis(Math.round(Double.parseDouble(text.replace(",", "")) * MILLIS));
    }
}
