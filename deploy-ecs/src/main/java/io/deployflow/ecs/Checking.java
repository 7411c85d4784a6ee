package io.deployflow.ecs;

import io.deployflow.Check;
import io.deployflow.ConfigurationException;
import io.deployflow.DeployException;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/** Turns what a look at AWS answers, or throws, into a check. */
final class Checking {
    private Checking() {}

    /**
     * Looks.
     *
     * @param look answers what is there, or throws a {@link ConfigurationException} where it is not as it must be; any
     *     other failure is one to look
     */
    static Check of(String name, String unit, Supplier<String> look) {
        return judged(name, unit, () -> Check.ok(name, unit, look.get()));
    }

    /** The same, where the look makes the check itself. */
    static Check judged(String name, String unit, Supplier<Check> look) {
        try {
            return look.get();
        } catch (DeployException e) {
            return failed(name, unit, e);
        }
    }

    /** What a failure to look, or what was seen, says. */
    static Check failed(String name, String unit, DeployException e) {
        String what = String.valueOf(e.getMessage());
        if (e.getCause() instanceof AwsServiceException answer && AwsErrors.isNotThere(answer)) {
            return Check.unknown(
                    name, unit, what, "What is asked here does not have this call: look at it in another way.");
        }
        return e instanceof ConfigurationException
                ? Check.failed(name, unit, what, e.remedy())
                : Check.unknown(name, unit, what, e.remedy());
    }

    /** Why a question has no answer; empty where it has one. */
    static Optional<DeployException> failure(Supplier<?> question) {
        try {
            Objects.requireNonNull(question.get());
            return Optional.empty();
        } catch (DeployException e) {
            return Optional.of(e);
        }
    }

    /** What is asked once: asking again gives the same answer, or throws the same. */
    static <T> Supplier<T> once(Supplier<T> question) {
        Lazy<Supplier<T>> asked = new Lazy<>(() -> ask(question));
        return () -> asked.get().get();
    }

    private static <T> Supplier<T> ask(Supplier<T> question) {
        try {
            T answer = question.get();
            return () -> answer;
        } catch (DeployException e) {
            return () -> {
                throw e;
            };
        }
    }
}
