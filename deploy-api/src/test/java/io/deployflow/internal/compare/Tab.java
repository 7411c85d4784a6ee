package io.deployflow.internal.compare;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** A tab of {@link Chromium}: opens a page, does what a person does with it, and notes what goes wrong. */
final class Tab {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Chromium browser;
    private final String session;

    Tab(Chromium browser, String session) {
        this.browser = browser;
        this.session = session;
        Stream.of("Page", "Runtime", "Log", "Network", "DOM", "Accessibility")
                .forEach(domain -> send(domain + ".enable", parameters -> {}));
        // As if it were the window in front, whose page alone is told of what has the focus.
        send("Emulation.setFocusEmulationEnabled", parameters -> parameters.put("enabled", true));
        send("Performance.enable", parameters -> parameters.put("timeDomain", "threadTicks"));
    }

    /** Opens a page, and waits until it has loaded. */
    Tab open(Path page) {
        send("Page.navigate", parameters -> parameters.put("url", page.toUri().toString()));
        while (browser.events(session, "Page.loadEventFired").isEmpty()) {
            script("document.readyState"); // an answer of the page's own is what is waited for, also where scripts are
            // off
        }
        return this;
    }

    /**
     * What of the processor's time the page's own thread has taken since it was made, whatever else the machine did.
     */
    Duration worked() {
        JsonNode metrics = send("Performance.getMetrics", parameters -> {}).path("metrics");
        for (JsonNode metric : metrics) {
            if (metric.path("name").asText().equals("TaskDuration")) {
                return Duration.ofNanos((long) (metric.path("value").asDouble() * 1e9));
            }
        }
        throw new AssertionError("the browser does not tell: " + metrics);
    }

    /** The value of a script; of a promise, what it comes to. */
    JsonNode script(String script) {
        JsonNode result = send(
                "Runtime.evaluate",
                parameters -> parameters
                        .put("expression", script)
                        .put("awaitPromise", true)
                        .put("returnByValue", true)
                        .put("userGesture", true));
        if (result.has("exceptionDetails")) {
            throw new AssertionError(script + ": " + result.path("exceptionDetails"));
        }
        return result.path("result").path("value");
    }

    /** Holds the pointer over the middle of an element. */
    void hover(String selector) {
        JsonNode at = script("(() => { const e = document.querySelector(" + JSON.valueToTree(selector)
                + "); e.scrollIntoView({block: 'center', behavior: 'instant'}); const b = e.getBoundingClientRect();"
                + " return {x: b.x + b.width / 2, y: b.y + b.height / 2}; })()");
        send(
                "Input.dispatchMouseEvent",
                parameters -> parameters
                        .put("type", "mouseMoved")
                        .put("x", at.path("x").asDouble())
                        .put("y", at.path("y").asDouble()));
    }

    /** Presses a key that has a name, such as {@code ArrowRight}. */
    void press(String key) {
        Stream.of("keyDown", "keyUp")
                .forEach(type -> send(
                        "Input.dispatchKeyEvent",
                        parameters ->
                                parameters.put("type", type).put("key", key).put("code", key)));
    }

    /** Makes it as large as a window, or as a phone. */
    void resize(int width, int height, boolean phone) {
        send(
                "Emulation.setDeviceMetricsOverride",
                parameters -> parameters
                        .put("width", width)
                        .put("height", height)
                        .put("deviceScaleFactor", 1)
                        .put("mobile", phone));
    }

    /** What the person's system prefers: {@code light} or {@code dark}. */
    void prefer(String scheme) {
        send(
                "Emulation.setEmulatedMedia",
                parameters -> parameters
                        .putArray("features")
                        .addObject()
                        .put("name", "prefers-color-scheme")
                        .put("value", scheme));
    }

    void withoutScripts() {
        send("Emulation.setScriptExecutionDisabled", parameters -> parameters.put("value", true));
    }

    /** What would come out of a printer. */
    byte[] print() {
        JsonNode pdf = send("Page.printToPDF", parameters -> parameters.put("printBackground", true));
        return Base64.getDecoder().decode(pdf.path("data").asText());
    }

    /** For people to look at. */
    void screenshot(Path file) {
        JsonNode picture = send(
                "Page.captureScreenshot",
                parameters -> parameters.put("format", "png").put("captureBeyondViewport", true));
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.write(file, Base64.getDecoder().decode(picture.path("data").asText()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Pictures that who cannot see them is told nothing of, and controls without a name. */
    List<String> nameless() {
        return Stream.of(send("Accessibility.getFullAXTree", parameters -> {}).path("nodes"))
                .flatMap(nodes -> nodes.findParents("role").stream())
                .filter(node -> !node.path("ignored").asBoolean())
                .filter(node -> List.of("image", "img", "checkbox", "button", "combobox", "link", "DisclosureTriangle")
                        .contains(node.path("role").path("value").asText()))
                .filter(node -> node.path("name").path("value").asText().isBlank())
                .map(JsonNode::toString)
                .toList();
    }

    /** Everything that the page complained of, or that was asked of a network. */
    List<String> complaints() {
        return Stream.of(
                        browser.events(session, "Runtime.exceptionThrown").stream(),
                        browser.events(session, "Runtime.consoleAPICalled").stream(),
                        browser.events(session, "Log.entryAdded").stream(),
                        browser.events(session, "Network.requestWillBeSent").stream()
                                .filter(request -> !request.path("request")
                                        .path("url")
                                        .asText()
                                        .matches("(file|data|blob):.*")))
                .flatMap(events -> events)
                .map(JsonNode::toString)
                .toList();
    }

    private JsonNode send(String method, Consumer<ObjectNode> fill) {
        ObjectNode parameters = JSON.createObjectNode();
        fill.accept(parameters);
        return browser.send(method, parameters, session);
    }
}
