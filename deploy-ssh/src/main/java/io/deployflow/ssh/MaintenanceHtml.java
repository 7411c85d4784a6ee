package io.deployflow.ssh;

import io.deployflow.ConfigurationException;
import io.deployflow.Maintenance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Writes the maintenance page: a template in which {@code {reason}} and {@code {until}} are replaced. */
final class MaintenanceHtml {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{(reason|until)\\}");

    private static final String TEMPLATE = """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>Down for maintenance</title>
            <style>
            body { font: 1.1rem/1.6 system-ui, sans-serif; color: #222; background: #f6f6f6; margin: 0; }
            main { max-width: 34rem; margin: 18vh auto 0; padding: 0 1.5rem; }
            h1 { font-size: 1.6rem; font-weight: 600; }
            </style>
            </head>
            <body>
            <main>
            <h1>Down for maintenance</h1>
            <p>{reason}</p>
            <p>It will be back {until}.</p>
            </main>
            </body>
            </html>
            """;

    private MaintenanceHtml() {}

    /**
     * The page.
     *
     * @param template a file of the team's own, if there is one
     * @throws ConfigurationException if it cannot be read
     */
    static String page(Optional<Path> template, Maintenance wanted) {
        String reason = escaped(wanted.reason().orElse("This site is being worked on."));
        String until = escaped(wanted.until().orElse("shortly"));
        // One pass: what a person writes as the reason is text, also where it looks like a placeholder.
        return PLACEHOLDER
                .matcher(template.map(MaintenanceHtml::read).orElse(TEMPLATE))
                .replaceAll(found -> Matcher.quoteReplacement(found.group().equals("{reason}") ? reason : until));
    }

    private static String read(Path template) {
        try {
            return Files.readString(template);
        } catch (NoSuchFileException e) {
            throw unreadable(template, "there is no such file", e);
        } catch (IOException e) {
            throw unreadable(template, String.valueOf(e.getMessage()), e);
        }
    }

    private static ConfigurationException unreadable(Path template, String why, IOException cause) {
        return new ConfigurationException(
                "the maintenance page's template " + template + " cannot be read: " + why,
                "Mend 'maintenance.template': a text file in UTF-8.",
                null,
                cause);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
