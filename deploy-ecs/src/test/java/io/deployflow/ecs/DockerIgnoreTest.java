package io.deployflow.ecs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deployflow.BuildException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DockerIgnoreTest {
    @ParameterizedTest
    @CsvSource({
        "log, log, true",
        "log, log/a/b.txt, true",
        "log, app/log, false",
        "/log/, log/a, true",
        "./log, log, true",
        "*.md, README.md, true",
        "*.md, docs/README.md, false",
        "**/*.md, README.md, true",
        "**/*.md, docs/deep/README.md, true",
        "docs/**, docs/a, true",
        "docs/**, docs, false",
        "*/temp*, a/temporary.txt, true",
        "*/temp*, a/b/temporary.txt, false",
        "a?c, abc, true",
        "a?c, a/c, false",
        "a.c, abc, false",
        "[ab].txt, b.txt, true",
        "'\\*.txt', x.txt, false",
        "'\\*.txt', *.txt, true",
        "# log, log, false",
        "'  log  ', log, true"
    })
    void excludes_byOneLine(String line, String path, boolean expected) {
        assertThat(DockerIgnore.parse(List.of(line)).excludes(path)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "app/main.rb, false",
        "app/main.md, true",
        "app/KEEP.md, false",
        "lib/x, true",
        "Gemfile, true",
    })
    void excludes_lastMatchDecides(String path, boolean expected) {
        DockerIgnore ignore = DockerIgnore.parse(List.of("*", "!app", "app/*.md", "!app/KEEP.md", ""));

        assertThat(ignore.excludes(path)).isEqualTo(expected);
    }

    @Test
    void parse_ofABrokenPattern_namesFileAndLine() {
        assertThatThrownBy(() -> DockerIgnore.parse(List.of("# logs", "log", "", "tmp/[a-")))
                .isInstanceOf(BuildException.class)
                .hasMessageContaining(".dockerignore:4: 'tmp/[a-' is no pattern");
    }
}
