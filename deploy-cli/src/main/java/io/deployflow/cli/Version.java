package io.deployflow.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** The version that Maven wrote down. */
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() throws IOException {
        Properties properties = new Properties();
        try (InputStream stream = Objects.requireNonNull(
                Version.class.getResourceAsStream("version.properties"), "version.properties is not in the jar")) {
            properties.load(stream);
        }
        return new String[] {"deployflow " + properties.getProperty("version")};
    }
}
