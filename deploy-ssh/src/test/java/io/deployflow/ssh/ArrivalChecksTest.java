package io.deployflow.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import io.deployflow.Manifest.Entry;
import io.deployflow.Manifest.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;

class ArrivalChecksTest {
    private static final ArrivalChecks CHECKS = ArrivalChecks.of(List.of(
            new Entry("-rf", Kind.FILE, 0644, 1, "aa"),
            new Entry("bin", Kind.DIRECTORY, 0755, 0, ""),
            new Entry("bin/run", Kind.FILE, 0755, 2, "bb"),
            new Entry("it's", Kind.LINK, 0777, 0, "bin/run"),
            new Entry("two\nlines", Kind.FILE, 0644, 3, "cc")));

    @Test
    void sums_areForSha256sum_withoutNamesThatItWouldEscape() {
        assertThat(CHECKS.sums()).isEqualTo("aa  new/-rf\nbb  new/bin/run\n");
    }

    @Test
    void script_ofALinkThatEndsWithSpace_expectsTheSpace() {
        ArrivalChecks checks = ArrivalChecks.of(List.of(new Entry("odd", Kind.LINK, 0777, 0, "there \n")));

        assertThat(checks.script()).endsWith("= 'there ' ] || bad './odd'\n");
    }

    @Test
    void script_checksSumsLinksAndOddNames() {
        assertThat(CHECKS.script()).endsWith("""
                [ "$($sum < './two
                lines' | cut -c1-64)" = cc ] || bad './two
                lines'
                [ "$(readlink './it'\\''s')" = 'bin/run' ] || bad './it'\\''s'
                """);
    }
}
