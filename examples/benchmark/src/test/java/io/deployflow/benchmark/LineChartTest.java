package io.deployflow.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deployflow.benchmark.LineChart.Point;
import io.deployflow.benchmark.LineChart.Series;
import java.io.StringReader;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.xml.sax.InputSource;

class LineChartTest {
    @Test
    void svg_isWellFormedAndDrawsEveryPoint() throws Exception {
        String svg = chart(
                        new Series("ours", 0, List.of(new Point(1, 0.6), new Point(25, 2))),
                        new Series("theirs", 1, List.of(new Point(1, 3), new Point(25, 18.5))))
                .svg();

        var document =
                DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
        assertThat(document.getElementsByTagName("circle").getLength()).isEqualTo(4);
        assertThat(document.getElementsByTagName("path").getLength()).isEqualTo(2);
        assertThat(svg).contains(">ours 2</text>", ">theirs 19</text>", "prefers-color-scheme: dark");
    }

    @Test
    void svg_whenARatioIsTheSame_theDistanceIsTheSame() {
        String svg = chart(new Series("a", 0, List.of(new Point(1, 1), new Point(2, 10), new Point(3, 100))))
                .svg();

        Matcher circles = Pattern.compile("cy=\"([0-9.]+)\"").matcher(svg);
        double[] heights = circles.results()
                .mapToDouble(match -> Double.parseDouble(match.group(1)))
                .toArray();
        assertThat(heights[0] - heights[1])
                .isCloseTo(heights[1] - heights[2], org.assertj.core.data.Offset.offset(0.2));
        assertThat(heights[0]).isGreaterThan(heights[1]);
    }

    @Test
    void svg_whenLinesEndAtTheSamePlace_keepsTheirNamesApart() {
        String svg = chart(
                        new Series("a", 0, List.of(new Point(1, 1), new Point(2, 5))),
                        new Series("b", 1, List.of(new Point(1, 2), new Point(2, 5))))
                .svg();

        List<Double> names = Pattern.compile("class=\"f\\d\" x=\"[0-9.]+\" y=\"([0-9.]+)\"")
                .matcher(svg)
                .results()
                .map(match -> Double.valueOf(match.group(1)))
                .toList();
        assertThat(names).hasSize(2);
        assertThat(names.get(1) - names.get(0)).isGreaterThanOrEqualTo(15);
    }

    @Test
    void chart_whenNothingWasMeasured_isRefused() {
        assertThatThrownBy(() -> chart(new Series("a", 0, List.of()))).hasMessageContaining("nothing");
    }

    private static LineChart chart(Series... series) {
        return new LineChart("one changed file", "hosts", "seconds", List.of(series));
    }
}
