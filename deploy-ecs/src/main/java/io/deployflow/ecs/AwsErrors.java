package io.deployflow.ecs;

import io.deployflow.ConfigurationException;
import io.deployflow.DeployException;
import io.deployflow.TargetUnreachableException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;

/** From what an AWS call threw to a failure that says which call it was and how to mend it. */
final class AwsErrors {
    private static final Set<String> IDENTITY = Set.of(
            "UnrecognizedClientException",
            "InvalidClientTokenId",
            "InvalidSignatureException",
            "SignatureDoesNotMatch",
            "IncompleteSignature",
            "MissingAuthenticationToken",
            "AuthFailure");
    private static final Set<String> EXPIRED = Set.of("ExpiredToken", "ExpiredTokenException");
    private static final Set<String> CLOCK = Set.of("RequestExpired", "RequestTimeTooSkewed", "RequestInTheFuture");
    private static final Pattern SIGNED_AT = Pattern.compile("^Signature (expired|not yet current)");
    private static final Set<String> DENIED = Set.of("AccessDenied", "AccessDeniedException", "UnauthorizedOperation");
    private static final Pattern REFUSED =
            Pattern.compile("not authorized to perform: (\\w+:\\w+) on resource: (\\S+)");
    private static final Pattern OBJECT = Pattern.compile(":?\\s+\\[?[A-Z]\\w+\\(");
    private static final Set<String> UNKNOWN = Set.of(
            "InvalidAction",
            "UnknownOperationException",
            "UnsupportedOperationException",
            "UnsupportedFeatureException",
            "NotImplemented");

    private AwsErrors() {}

    /** Makes a failure: the same parts as the constructors of {@link DeployException}'s subtypes. */
    @FunctionalInterface
    interface Refusal {
        DeployException because(String what, String remedy, @Nullable String unit, @Nullable Throwable cause);
    }

    /** Sends a read; a request that AWS finds wrong is a mistake in the settings. */
    static <T> T reading(String call, Supplier<T> request) {
        return sending(call, ConfigurationException::new, request);
    }

    /**
     * Sends a request.
     *
     * @param call its IAM name, such as {@code ecs:UpdateService}
     * @param refusal makes the failure where AWS was reached, knew the caller, and found the request wrong
     */
    static <T> T sending(String call, Refusal refusal, Supplier<T> request) {
        try {
            return request.get();
        } catch (AwsServiceException e) {
            throw translate(call, refusal, e);
        } catch (SdkException e) {
            throw translate(call, e);
        } catch (IllegalStateException e) {
            throw noCredentials(call, root(e), e); // So the SDK says that a profile's command or module failed.
        }
    }

    /** Whether the call is not there, or not allowed: where a fallback may do without it. */
    static boolean isUnavailable(AwsServiceException e) {
        return DENIED.contains(code(e)) || UNKNOWN.contains(code(e));
    }

    /** Whether the call is not there at all, as at an endpoint that is not AWS. */
    static boolean isNotThere(AwsServiceException e) {
        return UNKNOWN.contains(code(e));
    }

    /** Whether the caller may not make the call, or it is not there. */
    static boolean isRefused(DeployException failure) {
        return failure.getCause() instanceof AwsServiceException answer && isUnavailable(answer);
    }

    /** Whether a request has never left this machine, so that AWS can have done nothing. */
    static boolean isUnsent(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ConnectException || cause instanceof UnknownHostException) {
                return true;
            }
        }
        return false;
    }

    /** Whether it is likely to pass by itself: AWS throttles, has a problem, or is out of reach. */
    static boolean isPassing(DeployException failure) {
        Throwable cause = failure.getCause();
        if (cause instanceof AwsServiceException answer) {
            return answer.isThrottlingException() || answer.statusCode() >= 500;
        }
        return cause instanceof SdkException unsent
                && failure instanceof TargetUnreachableException
                && !lacksCredentials(unsent);
    }

    private static boolean lacksCredentials(SdkException e) {
        String said = String.valueOf(e.getMessage());
        return said.contains("Unable to load credentials") || said.contains("Profile");
    }

    /** Any call may have to take a role first; one to STS itself may be what was refused. */
    private static boolean isAskedOfSts(String asked, AwsServiceException e) {
        return asked.startsWith("sts:") && !said(e).contains("sts:AssumeRole");
    }

    private static DeployException translate(String asked, Refusal refusal, AwsServiceException e) {
        String call = isOfSts(e) && !isAskedOfSts(asked, e) ? "sts:AssumeRole" : asked;
        String code = code(e);
        String what = call + " failed: " + code + ": " + said(e);
        if (CLOCK.contains(code) || SIGNED_AT.matcher(said(e)).find()) {
            return unreachable(what, "Set this machine's clock: it is minutes off that of AWS.", e);
        }
        if (EXPIRED.contains(code)) {
            return unreachable(what, "Sign in again: the credentials have expired.", e);
        }
        if (IDENTITY.contains(code)) {
            return unreachable(what, "Check the credentials: AWS does not know them.", e);
        }
        if (DENIED.contains(code)) {
            return unreachable(what, "Allow " + refused(call, said(e)) + " in the IAM policy of whoever deploys.", e);
        }
        if (e.isThrottlingException()) {
            return unreachable(what, "AWS throttles this account: try again in a minute.", e);
        }
        if (e.statusCode() >= 500) {
            return unreachable(what, "AWS has a problem: look at its status page and try again.", e);
        }
        return refusal.because(what, "", null, e);
    }

    /** What was not allowed: a call may take more than its own permission, such as that to pass a role. */
    private static String refused(String call, String said) {
        Matcher named = REFUSED.matcher(said);
        return !named.find() || named.group(1).equals(call) ? call : named.group(1) + " on " + named.group(2);
    }

    private static DeployException translate(String call, SdkException e) {
        String said = String.valueOf(e.getMessage());
        if (said.contains("Unable to load region")) {
            return new ConfigurationException(
                    "no AWS region is known for " + call, "Set 'region', or AWS_REGION.", null, e);
        }
        if (lacksCredentials(e)) {
            return noCredentials(call, said, e);
        }
        return isUnsent(e)
                ? unreachable(
                        call + " could not be sent: " + root(e),
                        "Check the network, 'region' and the endpoint (AWS_ENDPOINT_URL).",
                        e)
                : unreachable(
                        call + " was not answered: " + root(e),
                        "Check the network, and whether AWS did what was asked, then try again.",
                        e);
    }

    private static DeployException noCredentials(String call, String said, Throwable cause) {
        return unreachable(
                "no AWS credentials are there for " + call + ": " + withoutDump(said),
                "Sign in, or set 'profile' or AWS_PROFILE.",
                cause);
    }

    /** The SDK lists its whole chain of providers, or every profile there is, as objects print themselves. */
    private static String withoutDump(String said) {
        return OBJECT.split(said, 2)[0];
    }

    private static DeployException unreachable(String what, String remedy, Throwable cause) {
        return new TargetUnreachableException(what, remedy, null, cause);
    }

    /** Taking a role comes before the call that was asked for, and fails in its place. */
    private static boolean isOfSts(AwsServiceException e) {
        return e.awsErrorDetails() != null && "Sts".equals(e.awsErrorDetails().serviceName());
    }

    private static String code(AwsServiceException e) {
        return e.awsErrorDetails() == null
                ? "HTTP " + e.statusCode()
                : String.valueOf(e.awsErrorDetails().errorCode());
    }

    private static String said(AwsServiceException e) {
        return e.awsErrorDetails() == null
                ? String.valueOf(e.getMessage())
                : String.valueOf(e.awsErrorDetails().errorMessage());
    }

    /** The SDK wraps what the network said. */
    private static String root(Throwable e) {
        Throwable root = e;
        while (root.getCause() != null && (root instanceof SdkClientException || root.getMessage() == null)) {
            root = root.getCause();
        }
        return root == e ? String.valueOf(e.getMessage()) : root.toString();
    }
}
