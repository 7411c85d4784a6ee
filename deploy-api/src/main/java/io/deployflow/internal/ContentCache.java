package io.deployflow.internal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.CRC32;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Remembers length and SHA-256 of git's objects from one deploy to the next. An object never changes, so what is
 * remembered is never wrong; what is damaged or missing is made again.
 *
 * @param file one line an object: id, length, digest; the last line is the checksum of those before
 */
record ContentCache(Path file) {
    private static final Logger LOG = LoggerFactory.getLogger(ContentCache.class);

    /**
     * What is known of an object.
     *
     * @param size in bytes
     * @param digest SHA-256 in hexadecimal
     */
    record Known(long size, String digest) {}

    /** What is known, by object id; empty where nothing is remembered. */
    Map<String, Known> load() {
        try {
            return Files.exists(file) ? parse(Files.readString(file, StandardCharsets.ISO_8859_1)) : Map.of();
        } catch (IOException e) {
            LOG.debug("{} cannot be read", file, e);
            return Map.of();
        }
    }

    private static Map<String, Known> parse(String text) {
        int end = text.stripTrailing().lastIndexOf('\n') + 1;
        String lines = text.substring(0, end);
        if (!checksum(lines).equals(text.substring(end).strip())) {
            return Map.of();
        }
        Map<String, Known> known = new HashMap<>();
        lines.lines().forEach(line -> {
            String[] words = line.split(" ", -1);
            known.put(words[0], new Known(Long.parseLong(words[1]), words[2]));
        });
        return known;
    }

    /** Remembers these and no others. What keeps it from that costs time in the next deploy, and nothing else. */
    void save(Map<String, Known> known) {
        StringBuilder lines = new StringBuilder();
        known.forEach((id, content) -> lines.append(id)
                .append(' ')
                .append(content.size())
                .append(' ')
                .append(content.digest())
                .append('\n'));
        lines.append(checksum(lines.toString())).append('\n');
        try {
            Path made = file.resolveSibling(
                    file.getFileName() + "." + ProcessHandle.current().pid());
            Files.writeString(made, lines, StandardCharsets.ISO_8859_1);
            Files.move(made, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            LOG.debug("{} cannot be written", file, e);
        }
    }

    /** Against damage: whoever wants to lie can write here as well as into the repository itself. */
    private static String checksum(String text) {
        CRC32 sum = new CRC32();
        sum.update(text.getBytes(StandardCharsets.ISO_8859_1));
        return Long.toHexString(sum.getValue());
    }
}
