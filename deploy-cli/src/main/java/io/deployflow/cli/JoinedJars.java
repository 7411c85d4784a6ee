package io.deployflow.cli;

import java.io.File;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Enumeration;
import java.util.List;
import java.util.Optional;
import java.util.jar.Attributes.Name;
import java.util.jar.JarFile;
import java.util.jar.Manifest;

/**
 * Finds what joins the command line where it can be: in our own jars, and in those that were added to the class path.
 * The others are what ours are made of, seventy jars with thirty thousand entries: to open them all for a name that
 * none of them has takes as long as to wire everything.
 */
final class JoinedJars extends ClassLoader {
    private static final String SERVICES = "META-INF/services/";
    private static final List<String> OURS = List.of("io.deployflow.", "com.google.inject.Module");
    private static final String JAR = "deploy-cli.jar";
    private static final String OWN = "deploy-";

    private final URLClassLoader jars;

    private JoinedJars(ClassLoader all, List<URL> jars) {
        super(all);
        this.jars = new URLClassLoader(jars.toArray(URL[]::new), null);
    }

    /**
     * For a class path.
     *
     * @param all loads its classes, and finds everything else in it
     * @param classPath as the JVM has it
     * @return {@code all} itself where the class path does not begin with the jar that the launcher starts
     */
    static ClassLoader of(ClassLoader all, String classPath) throws IOException {
        List<String> entries = Arrays.asList(classPath.split(File.pathSeparator, -1));
        Path first = Path.of(entries.get(0));
        if (!first.endsWith(JAR)) {
            return all;
        }
        List<URL> jars = new ArrayList<>(own(first));
        for (String added : entries.subList(1, entries.size())) {
            jars.add(url(Path.of(added)));
        }
        return new JoinedJars(all, jars);
    }

    // As its manifest names them: jars of another version may stand beside them.
    private static List<URL> own(Path jar) throws IOException {
        List<URL> own = new ArrayList<>();
        for (String name : classPathOf(jar).split(" ", -1)) {
            if (name.startsWith(OWN, name.lastIndexOf('/') + 1)) {
                own.add(url(jar.resolveSibling(name)));
            }
        }
        return own;
    }

    private static String classPathOf(Path jar) throws IOException {
        try (JarFile opened = new JarFile(jar.toFile())) {
            return Optional.ofNullable(opened.getManifest())
                    .map(Manifest::getMainAttributes)
                    .map(attributes -> attributes.getValue(Name.CLASS_PATH))
                    .orElse("");
        }
    }

    private static URL url(Path path) throws MalformedURLException {
        return path.toUri().toURL();
    }

    @Override
    public Enumeration<URL> getResources(String name) throws IOException {
        return isOurs(name) ? jars.getResources(name) : super.getResources(name);
    }

    private static boolean isOurs(String name) {
        return name.startsWith(SERVICES) && OURS.stream().anyMatch(ours -> name.startsWith(ours, SERVICES.length()));
    }
}
