package io.deployflow.ssh;

import io.deployflow.spi.InvalidSettingException;
import io.deployflow.spi.Setting;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The page that says that the application is down for maintenance; the web server shows it while it is there.
 *
 * @param file the page, below {@code shared/}
 * @param template HTML in which {@code {reason}} and {@code {until}} are replaced; without it, a plain page
 */
public record MaintenanceSettings(
        @Setting(value = "The page, below shared/", defaultValue = "public/system/maintenance.html")
        String file,

        @Setting("HTML file in which {reason} and {until} are replaced; default: a plain page")
        Optional<Path> template) {
    static final MaintenanceSettings DEFAULT =
            new MaintenanceSettings("public/system/maintenance.html", Optional.empty());

    /**
     * Checks the parts.
     *
     * @throws InvalidSettingException if one is wrong
     */
    public MaintenanceSettings {
        SettingChecks.inside("file", file, "shared/, such as public/down.html");
    }
}
