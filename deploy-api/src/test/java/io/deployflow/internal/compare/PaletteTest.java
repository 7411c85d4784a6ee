package io.deployflow.internal.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The page's colours, by how people see them. */
class PaletteTest {
    /** Of the distances of OKLab, in which black and white are 1 apart: 0.02 is just seen where areas touch. */
    private static final double APART = 0.1;

    private static final double READABLE = 4.5;

    /** What follows what: rows of a waterfall, then what tasks do, then what hosts do. */
    private static final List<String> NEIGHBOURS = List.of(
            "open preflight build push rollout verify cleanup close",
            "preflight push",
            "preflight rollout rollback cleanup",
            "preflight rollback close",
            "preflight cleanup",
            "preflight close",
            "build close",
            "build rollback",
            "build cleanup",
            "push rollback",
            "push cleanup",
            "push close",
            "rollout close",
            "verify rollback",
            "verify close",
            "open scale close",
            "placing pulling starting becoming-healthy serving draining stopping",
            "placing starting draining",
            "placing stopping",
            "placing serving",
            "pulling stopping",
            "starting serving stopping",
            "starting stopping",
            "becoming-healthy stopping",
            "becoming-healthy draining",
            "connect stage switch health",
            "connect switch",
            "stage health");

    /**
     * Machado, Oliveira and Fernandes (2009), of the whole loss of one kind of cones; on linear red, green and blue.
     */
    private enum Eyes {
        ALL_CONES,
        PROTANOPIA,
        DEUTERANOPIA,
        TRITANOPIA;

        private double[] matrix() {
            return switch (this) {
                case ALL_CONES -> new double[] {1, 0, 0, 0, 1, 0, 0, 0, 1};
                case PROTANOPIA ->
                    new double[] {
                        0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998
                    };
                case DEUTERANOPIA ->
                    new double[] {
                        0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.011820, 0.042940, 0.968881
                    };
                case TRITANOPIA ->
                    new double[] {
                        1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.303900
                    };
            };
        }

        double[] see(double[] linear) {
            double[] seen = times(matrix(), linear);
            for (int index = 0; index < seen.length; index++) {
                seen[index] = Math.max(0, Math.min(1, seen[index]));
            }
            return seen;
        }
    }

    private static double[] times(double[] matrix, double... vector) {
        double[] product = new double[vector.length];
        for (int row = 0; row < vector.length; row++) {
            for (int column = 0; column < vector.length; column++) {
                product[row] += matrix[row * vector.length + column] * vector[column];
            }
        }
        return product;
    }

    /** From {@code #rrggbb}. */
    private static double[] linear(String hex) {
        double[] linear = new double[3];
        for (int index = 0; index < linear.length; index++) {
            double value = Integer.parseInt(hex.substring(1 + 2 * index, 3 + 2 * index), 16) / 255.0;
            linear[index] = value <= 0.04045 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4);
        }
        return linear;
    }

    private static double[] oklab(double[] linear) {
        double[] cones = times(
                new double[] {
                    0.4122214708, 0.5363325363, 0.0514459929,
                    0.2119034982, 0.6806995451, 0.1073969566,
                    0.0883024619, 0.2817188376, 0.6299787005
                },
                linear);
        return times(
                new double[] {
                    0.2104542553, 0.7936177850, -0.0040720468,
                    1.9779984951, -2.4285922050, 0.4505937099,
                    0.0259040371, 0.7827717662, -0.8086757660
                },
                Math.cbrt(cones[0]),
                Math.cbrt(cones[1]),
                Math.cbrt(cones[2]));
    }

    private static double distance(String one, String other, Eyes eyes) {
        double[] first = oklab(eyes.see(linear(one)));
        double[] second = oklab(eyes.see(linear(other)));
        return Math.sqrt(Math.pow(first[0] - second[0], 2)
                + Math.pow(first[1] - second[1], 2)
                + Math.pow(first[2] - second[2], 2));
    }

    private static double contrast(String one, String other) {
        double first = light(one);
        double second = light(other);
        return (Math.max(first, second) + 0.05) / (Math.min(first, second) + 0.05);
    }

    private static double light(String hex) {
        double[] linear = linear(hex);
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2];
    }

    private static String css() {
        try (InputStream file = Objects.requireNonNull(PaletteTest.class.getResourceAsStream("report.css"))) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Of each phase and step, without what has none of its own. */
    private static Map<String, String> phases() {
        Map<String, String> colours = new LinkedHashMap<>();
        Pattern.compile("(?m)^(\\.p-[^{]+) \\{ --c: (#[0-9a-f]{6}); \\}")
                .matcher(css())
                .results()
                .forEach(rule -> Stream.of(rule.group(1).split(", ", -1))
                        .forEach(name -> colours.put(name.substring(".p-".length()), rule.group(2))));
        return colours;
    }

    /** The variables of the page in a scheme. */
    private static Map<String, String> page(String scheme) {
        List<MatchResult> roots = Pattern.compile(":root \\{(.*?)\\}", Pattern.DOTALL)
                .matcher(css())
                .results()
                .toList();
        Map<String, String> colours = new LinkedHashMap<>();
        Pattern.compile("--([a-z]+): (#[0-9a-f]{6});")
                .matcher(roots.get(List.of("light", "dark", "print").indexOf(scheme))
                        .group(1))
                .results()
                .forEach(variable -> colours.put(variable.group(1), variable.group(2)));
        return colours;
    }

    private static String colour(String step, String scheme) {
        return step.equals("serving") ? of(page(scheme), "half") : of(phases(), step);
    }

    private static String of(Map<String, String> colours, String name) {
        return Objects.requireNonNull(colours.get(name), () -> name + " has no colour");
    }

    @ParameterizedTest
    @EnumSource(Eyes.class)
    void neighbours_areToldApart(Eyes eyes) {
        for (String scheme : List.of("light", "dark", "print")) {
            for (String row : NEIGHBOURS) {
                String[] steps = row.split(" ", -1);
                for (int index = 1; index < steps.length; index++) {
                    String one = colour(steps[index - 1], scheme);
                    String other = colour(steps[index], scheme);
                    assertThat(distance(one, other, eyes))
                            .as("%s beside %s, %s", steps[index - 1], steps[index], scheme)
                            .isGreaterThan(APART);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"light", "dark", "print"})
    void words_areReadable(String scheme) {
        Map<String, String> page = page(scheme);
        for (String behind : List.of("page", "card", "best")) {
            assertThat(contrast(of(page, "ink"), of(page, behind))).as(behind).isGreaterThan(READABLE);
        }
        for (String words : List.of("soft", "accent", "failed")) {
            assertThat(contrast(of(page, words), of(page, "page"))).as(words).isGreaterThan(READABLE);
            assertThat(contrast(of(page, words), of(page, "card"))).as(words).isGreaterThan(READABLE);
        }
        phases().forEach((step, colour) -> assertThat(contrast(step.equals("push") ? "#ffffff" : "#111111", colour))
                .as("the words on " + step)
                .isGreaterThan(READABLE));
    }
}
