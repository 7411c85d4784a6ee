package io.deployflow.internal.config.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SuggestionsTest {
    private final Suggestions keys =
            new Suggestions(List.of("hosts", "deploy_to", "keep_releases", "linked_dirs", "linked_files", "ssh"));

    @ParameterizedTest
    @CsvSource({
        "hots, hosts",
        "host, hosts",
        "HOSTS, hosts",
        "hsots, hosts",
        "deployTo, deploy_to",
        "deploy-to, deploy_to",
        "keep_release, keep_releases",
        "linked_dir, linked_dirs",
        "shs, ssh"
    })
    void nearest_whenWordIsMisspelt_findsIt(String word, String meant) {
        assertThat(keys.nearest(word)).contains(meant);
    }

    @ParameterizedTest
    @CsvSource({"colour", "h", "ecs", "directories"})
    void nearest_whenNoWordIsLikeIt_findsNone(String word) {
        assertThat(keys.nearest(word)).isEmpty();
    }

    @Test
    void nearest_whenWordsHaveOneLetter_doesNotTakeOneForTheOther() {
        assertThat(new Suggestions(List.of("a")).nearest("b")).isEmpty();
    }

    @Test
    void list_quotesEveryWord() {
        assertThat(Suggestions.among(List.of("ssh", "ecs")).list()).isEqualTo("'ecs', 'ssh'");
    }
}
