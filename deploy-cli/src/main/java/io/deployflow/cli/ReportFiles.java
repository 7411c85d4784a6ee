package io.deployflow.cli;

import io.deployflow.ConfigurationException;
import io.deployflow.compare.ComparisonReport;
import io.deployflow.compare.Conditions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The files that a comparison is written to and read from. */
final class ReportFiles {
    private ReportFiles() {}

    /** Before an hour of deploys, not after it. */
    static void checkWritable(Path name) {
        Path directory = name.toAbsolutePath().getParent();
        if (directory == null || !Files.isDirectory(directory) || !Files.isWritable(directory)) {
            throw new ConfigurationException(
                    "the report cannot be written: " + directory + " is no directory that can be written to",
                    "Name another with --report.");
        }
    }

    /**
     * Writes all three forms.
     *
     * @param elsewhere what the pages are to predict for
     * @return the page
     */
    static Path write(ComparisonReport report, Path name, Conditions elsewhere) {
        Path page = Path.of(name + ".html");
        write(Path.of(name + ".json"), report.toJson());
        write(Path.of(name + ".md"), report.toMarkdown(elsewhere));
        write(page, report.toHtml(elsewhere));
        return page;
    }

    static ComparisonReport read(Path file) {
        try {
            return ComparisonReport.ofJson(Files.readString(file));
        } catch (IOException e) {
            throw new ConfigurationException(
                    file + " cannot be read: " + e, "Name the .json file of a comparison.", null, e);
        }
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new ConfigurationException(file + " cannot be written: " + e, "Name another with --report.", null, e);
        }
    }
}
