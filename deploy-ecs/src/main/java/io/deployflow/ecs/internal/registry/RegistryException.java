package io.deployflow.ecs.internal.registry;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A registry refused something, or could not be asked; whoever asked it knows what that means for the deploy. */
public final class RegistryException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int TOO_MANY = 429;
    private static final int SERVER = 500;

    private final int status;
    private final String said;
    private final @Nullable String remedy;

    /** What the registry's answer said; status 0 where there was none. */
    public RegistryException(String message, int status, @Nullable Throwable cause) {
        this(message, status, "", null, cause);
    }

    private RegistryException(
            String message, int status, String said, @Nullable String remedy, @Nullable Throwable cause) {
        super(message, cause);
        this.status = status;
        this.said = said;
        this.remedy = remedy;
    }

    /**
     * What the registry's answer said.
     *
     * @param message for people, with as much of that as they read
     * @param said all of it
     */
    static RegistryException answered(String message, int status, String said) {
        return new RegistryException(message, status, said, null, null);
    }

    /** The server has not shown that it is the registry: nothing was said to it, and asking again changes nothing. */
    static RegistryException untrusted(String host, String reason, Throwable cause) {
        return new RegistryException(
                "the certificate that " + host + " shows is not good: " + reason,
                0,
                "",
                "Check the registry's name. If its authority is one of your own, have Java trust it:"
                        + " DEPLOYFLOW_JAVA_OPTS=-Djavax.net.ssl.trustStore=FILE, a store made by 'keytool -importcert'.",
                cause);
    }

    /** A registry has something sent to a server that is not its own, and that wants to know who sends it. */
    static RegistryException elsewhere(String host, URI url) {
        return new RegistryException(
                "the registry " + host + " has it sent to " + url.getScheme() + "://" + url.getAuthority()
                        + ", which wants a login, and none is given to another server",
                UNAUTHORIZED,
                "",
                "Have the registry, or the proxy before it (X-Forwarded-Proto, Host), name its own address as the place"
                        + " of uploads.",
                null);
    }

    /** The HTTP status, if there was an answer. */
    public Optional<Integer> status() {
        return status == 0 ? Optional.empty() : Optional.of(status);
    }

    /** Whether the registry does not know who asks, or does not let them. */
    public boolean isRefusal() {
        return status == UNAUTHORIZED || status == FORBIDDEN;
    }

    /** Whether what was asked for is not there. */
    public boolean isNotFound() {
        return status == NOT_FOUND;
    }

    /** Whether it has no time or has a problem, or cannot be reached. */
    public boolean isPassing() {
        return remedy == null && (status == 0 || status == TOO_MANY || status >= SERVER);
    }

    /** Whether the registry gives this as a reason, in whatever case; also where the message leaves it out. */
    public boolean says(String word) {
        return said.toLowerCase(Locale.ROOT).contains(word.toLowerCase(Locale.ROOT));
    }

    /** How to mend it, where that is known better here than where it was asked. */
    public Optional<String> remedy() {
        return Optional.ofNullable(remedy);
    }
}
