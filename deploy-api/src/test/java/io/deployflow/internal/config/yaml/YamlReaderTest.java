package io.deployflow.internal.config.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class YamlReaderTest {

    @Test
    void read_keepsScalarsAsWritten() {
        assertThat(plain("{a: 1.10, b: on, c: No, d: 1_000, e: 0x1F, f: 2020-01-01, g: \"\\u0041\", h: 'it''s'}"))
                .isEqualTo("{a=1.10, b=on, c=No, d=1_000, e=0x1F, f=2020-01-01, g=A, h=it's}");
    }

    @Test
    void read_tellsWhatYamlTakesAScalarFor() {
        MapNode map = (MapNode) read(
                "a: text\nb: 5\nc: true\nd:\ne: ~\nf: ''\ng: off\nh: -1.5\ni: '5'\nj: !!str 5\nk: 'null'\nl: null\n");

        assertThat(map.entries().stream().map(entry -> entry.value().words()))
                .containsExactly(
                        "text",
                        "a number",
                        "a boolean",
                        "empty",
                        "empty",
                        "text",
                        "a boolean",
                        "a number",
                        "text",
                        "text",
                        "text",
                        "empty");
    }

    @Test
    void read_whenAliasesAreUsed_putsInWhatTheyStandFor() {
        assertThat(plain("a: &list [1, &one {b: 2}]\nc: *list\nd: *one\n"))
                .isEqualTo("{a=[1, {b=2}], c=[1, {b=2}], d={b=2}}");
    }

    @Test
    void read_whenAnchorIsGivenAnew_takesTheLast() {
        assertThat(plain("a: &x 1\nb: &x 2\nc: *x\n")).isEqualTo("{a=1, b=2, c=2}");
    }

    @Test
    void read_whenAnchorsStandInOddPlaces_findsThem() {
        assertThat(
                        plain(
                                "\uD83D\uDE80: &k-1 'x'\nb: &m\n  c: 1\nd: &l\n- *k-1\ne: [*m, *l, \"&n\"]\nf: &g |\n  t\nh: *g\n"))
                .isEqualTo("{\uD83D\uDE80=x, b={c=1}, d=[x], e=[{c=1}, [x], &n], f=t\n, h=t\n}");
    }

    @Test
    void read_whenMapsAreMerged_prefersOwnKeysAndThenTheFirstMap() {
        assertThat(plain("x: &x {a: 1, b: 1}\ny: &y {b: 2, c: 2}\nz:\n  <<: [*x, *y]\n  a: 3\n"))
                .isEqualTo("{x={a=1, b=1}, y={b=2, c=2}, z={a=3, b=1, c=2}}");
    }

    @Test
    void read_whenAliasIsUnknown_suggestsTheNearest() {
        assertThat(mistakes("a: &common 1\nb: *comon\n"))
                .containsExactly("2:4 no anchor '&comon' comes before this alias; did you mean 'common'?");
    }

    @Test
    void read_whenAliasStandsInsideOfItself_saysSo() {
        assertThat(mistakes("a: &x [1, *x]\n")).containsExactly("1:11 alias '*x' stands inside of what it stands for");
    }

    @Test
    void read_whenMergeIsNoMap_saysSo() {
        assertThat(mistakes("a: &x 1\nb:\n  <<: *x\n"))
                .containsExactly("3:3 '<<' must be an alias of a map or a list of such, is a number");
    }

    @Test
    void read_whenKeyIsDuplicate_pointsAtTheSecondAndGoesOn() {
        assertThat(mistakes("a: 1\nb:\n  c: 1\n  c: 2\na: 2\n"))
                .containsExactly(
                        "4:3 duplicate key 'c', already in line 3", "5:1 duplicate key 'a', already in line 1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a: 1\n b: 2\n",
                "a: [1, 2\nb: 3\n",
                "a: \"x\n",
                "a: @x\n",
                "a: *\n",
                "%FOO\na: 1\n",
                "- a\nb: 1\n",
                "? [1, 2]\n: x\n",
                "a: \u0001\n",
                "*a : 1\n"
            })
    void read_whenTextIsNotYaml_tellsOneLineWithItsPlace(String text) {
        assertThat(mistakes(text)).singleElement().asString().matches("[0-9]+:[0-9]+ not YAML: .+");
    }

    @Test
    void read_whenListsAreNestedBeyondReason_refuses() {
        assertThat(mistakes("[".repeat(5000))).containsExactly("1:101 lists and maps are nested deeper than 100");
    }

    @Test
    void read_whenListsAreNestedOneByOne_countsOnlyThoseThatAreOpen() {
        assertThat(plain("[[" + "[1], ".repeat(200) + "2]]"))
                .startsWith("[[[1], [1]")
                .endsWith(", 2]]");
    }

    @Test
    void read_whenTextIsNotYaml_tellsWhatAndWhereItBegan() {
        assertThat(mistakes("a: 1\nb: [1, 2\nc: 3\n"))
                .containsExactly("3:2 not YAML: expected ',' or ']', but got :,"
                        + " while parsing a flow sequence that begins at 2:4");
        assertThat(mistakes("a: 1\nb: \uD83D\uDE80 \u0001\n"))
                .containsExactly("2:6 not YAML: character U+0001 is not allowed");
        assertThat(mistakes("a: 1\n? [1, 2]\n: x\n")).containsExactly("2:3 not YAML: a key must be text, is a list");
        assertThat(mistakes("a: &a 1\n*a : 1\n")).containsExactly("2:1 not YAML: a key must be text, is an alias");
    }

    private static Node read(String text) {
        Mistakes mistakes = new Mistakes();
        Node node = YamlReader.read(text, mistakes).orElseThrow();
        assertThat(mistakes.sorted()).isEmpty();
        return node;
    }

    private static List<String> mistakes(String text) {
        Mistakes mistakes = new Mistakes();
        YamlReader.read(text, mistakes);
        return mistakes.sorted().stream()
                .map(mistake -> mistake.location() + " " + mistake.message())
                .toList();
    }

    private static String plain(String text) {
        return plain(read(text));
    }

    private static String plain(Node node) {
        if (node instanceof ScalarNode scalar) {
            return scalar.text();
        }
        if (node instanceof ListNode list) {
            return list.items().stream().map(YamlReaderTest::plain).collect(Collectors.joining(", ", "[", "]"));
        }
        return ((MapNode) node)
                .entries().stream()
                        .map(entry -> entry.key() + "=" + plain(entry.value()))
                        .collect(Collectors.joining(", ", "{", "}"));
    }
}
