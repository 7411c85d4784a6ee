package io.deployflow.ssh;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Reads ssh_config as ssh does: {@code Host} with patterns, {@code Include}, and the first value counts. What it does
 * not decide itself ({@code Match}, canonical names, a file that others may write) it leaves to ssh, and says so.
 */
final class SshConfigReader {
    private static final int DEEPEST = 16;
    private static final List<String> NOWHERE = List.of();

    private final Path home;
    private final Path folder;
    private final List<SshConfigFile.Line> lines = new ArrayList<>();
    private boolean needsSsh;

    private SshConfigReader(Path home, Path folder) {
        this.home = home;
        this.folder = folder;
    }

    /**
     * Reads a file; one that is not there says nothing.
     *
     * @param home what {@code ~} is
     * @param folder where relative names in {@code Include} begin
     */
    static SshConfigFile read(Path file, Path home, Path folder) {
        SshConfigReader reader = new SshConfigReader(home, folder);
        reader.read(file, List.of(), 0);
        return new SshConfigFile(reader.lines, reader.needsSsh);
    }

    private void read(Path file, List<List<String>> outer, int depth) {
        if (!Files.isRegularFile(file)) {
            return;
        }
        needsSsh |= depth > DEEPEST || isWritableByOthers(file);
        List<List<String>> hosts = outer;
        try {
            for (String text : text(file).lines().toList()) {
                List<String> words = words(text);
                if (!words.isEmpty()) {
                    hosts = line(words, text, outer, hosts, depth);
                }
            }
        } catch (IOException e) {
            needsSsh = true;
        }
    }

    private List<List<String>> line(
            List<String> words, String text, List<List<String>> outer, List<List<String>> hosts, int depth) {
        String keyword = words.get(0).toLowerCase(Locale.ROOT);
        List<String> values = words.subList(1, words.size());
        switch (keyword) {
            case "host" -> {
                return and(outer, values);
            }
            case "match" -> {
                boolean always = values.size() == 1 && values.get(0).equalsIgnoreCase("all");
                needsSsh |= !always;
                return always ? outer : and(outer, NOWHERE);
            }
            case "include" -> {
                if (depth <= DEEPEST) {
                    values.forEach(value -> include(value, hosts, depth));
                }
            }
            case "proxycommand" -> lines.add(new SshConfigFile.Line(hosts, keyword, List.of(afterKeyword(text))));
            default -> {
                needsSsh |= keyword.equals("canonicalizehostname") && !values.contains("no");
                lines.add(new SshConfigFile.Line(hosts, keyword, values));
            }
        }
        return hosts;
    }

    // What a damaged file has in place of a character matters to nobody; the rest of it does.
    private static String text(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    }

    private static String afterKeyword(String line) {
        return line.strip().replaceFirst("^\\w+[\\s=]*", "");
    }

    private static List<List<String>> and(List<List<String>> outer, List<String> patterns) {
        List<List<String>> all = new ArrayList<>(outer);
        all.add(List.copyOf(patterns));
        return all;
    }

    private void include(String value, List<List<String>> hosts, int depth) {
        Path pattern = value.startsWith("~/") ? home.resolve(value.substring(2)) : folder.resolve(value);
        Path parent = pattern.getParent();
        Path name = pattern.getFileName();
        if (parent == null || name == null || parent.toString().matches(".*[*?\\[].*")) {
            needsSsh = true;
            return;
        }
        if (!Files.isDirectory(parent)) {
            return;
        }
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(parent, name.toString())) {
            files.forEach(found::add);
        } catch (IOException e) {
            needsSsh = true;
        }
        found.stream().sorted().forEach(file -> read(file, hosts, depth + 1));
    }

    private static boolean isWritableByOthers(Path file) {
        try {
            Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
            return permissions.contains(PosixFilePermission.GROUP_WRITE)
                    || permissions.contains(PosixFilePermission.OTHERS_WRITE);
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }

    /** The words of a line: a keyword, a space or {@code =}, and values, which may stand in quotes. */
    static List<String> words(String line) {
        List<String> words = new ArrayList<>();
        String rest = line.strip();
        while (!rest.isEmpty() && rest.charAt(0) != '#') {
            int end = endOfWord(rest, words.isEmpty());
            words.add(rest.charAt(0) == '"' ? rest.substring(1, end) : rest.substring(0, end));
            rest = rest.substring(Math.min(rest.length(), rest.charAt(0) == '"' ? end + 1 : end))
                    .strip();
            if (words.size() == 1 && rest.startsWith("=")) {
                rest = rest.substring(1).strip();
            }
        }
        return words;
    }

    private static int endOfWord(String text, boolean keyword) {
        if (text.charAt(0) == '"') {
            int quote = text.indexOf('"', 1);
            return quote < 0 ? text.length() : quote;
        }
        int end = 0;
        while (end < text.length()
                && !Character.isWhitespace(text.charAt(end))
                && !(keyword && text.charAt(end) == '=')) {
            end++;
        }
        return end;
    }
}
