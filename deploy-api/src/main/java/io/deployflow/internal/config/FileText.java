package io.deployflow.internal.config;

import io.deployflow.ConfigurationException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Gets the text of a file. */
final class FileText {
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private static final String NO_FILE_REMEDY = """
            name another file with --file, or write this one; at the least it says
              application: shop
              targets:
                production:
                  type: ssh
                  hosts: [deploy@app1]
                  deploy_to: /var/www/shop""";

    private FileText() {}

    /**
     * Reads a file.
     *
     * @throws ConfigurationException if it is not there or cannot be read
     */
    static String read(Path path) {
        if (Files.isDirectory(path)) {
            throw new ConfigurationException(path + " is a directory", "name the file in it");
        }
        try {
            String text = Files.readString(path);
            return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
        } catch (NoSuchFileException e) {
            throw new ConfigurationException("there is no file " + path.toAbsolutePath(), NO_FILE_REMEDY, null, e);
        } catch (CharacterCodingException e) {
            throw new ConfigurationException(path + " is not text in UTF-8", "save it as UTF-8", null, e);
        } catch (IOException e) {
            throw new ConfigurationException(
                    path + " cannot be read: " + e, "check the file's owner and permissions", null, e);
        }
    }
}
