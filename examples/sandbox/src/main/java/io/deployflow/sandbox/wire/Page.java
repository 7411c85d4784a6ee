package io.deployflow.sandbox.wire;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/**
 * A page of a longer list, by {@code maxResults} and {@code nextToken}.
 *
 * @param items the items of the page
 * @param next the token of the next page; empty when this is the last
 * @param tokenField what the API calls the token
 */
public record Page<T>(List<T> items, String next, String tokenField) {

    /**
     * Cuts the page that a request asks for.
     *
     * @param all the whole list
     * @param request has the two fields, or not
     * @param most the size when the request has none, and the largest allowed
     * @return the page
     * @throws AwsException when the token is not one of ours, or the page too large
     */
    public static <T> Page<T> of(List<T> all, ObjectNode request, int most) {
        return of(
                all,
                request.path("nextToken").asText(""),
                request.path("maxResults").asInt(most),
                most,
                "nextToken");
    }

    /**
     * Cuts the page that a request asks for by {@code MaxResults} and {@code NextToken}, as some APIs spell them.
     *
     * @param all the whole list
     * @param request has the two fields, or not
     * @param most the size when the request has none, and the largest allowed
     * @return the page
     * @throws AwsException when the token is not one of ours, or the page too large
     */
    public static <T> Page<T> ofCapitals(List<T> all, ObjectNode request, int most) {
        return of(
                all,
                request.path("NextToken").asText(""),
                request.path("MaxResults").asInt(most),
                most,
                "NextToken");
    }

    private static <T> Page<T> of(List<T> all, String token, int wanted, int most, String tokenField) {
        if (wanted < 1 || wanted > most) {
            throw AwsException.invalid("The number of results must be between 1 and %d.".formatted(most));
        }
        int from = Math.min(offset(token), all.size());
        int to = Math.min(all.size(), from + wanted);
        return new Page<>(all.subList(from, to), to < all.size() ? token(to) : "", tokenField);
    }

    /**
     * Adds the token of the next page to an answer, if there is one.
     *
     * @param answer the answer
     * @return the answer
     */
    public ObjectNode mark(ObjectNode answer) {
        return next.isEmpty() ? answer : answer.put(tokenField, next);
    }

    private static String token(int offset) {
        return Base64.getEncoder().encodeToString(("from:" + offset).getBytes(StandardCharsets.UTF_8));
    }

    private static int offset(String token) {
        if (token.isEmpty()) {
            return 0;
        }
        try {
            String text = new String(Base64.getDecoder().decode(token), StandardCharsets.UTF_8);
            return Integer.parseUnsignedInt(text.replaceFirst("^from:", ""));
        } catch (IllegalArgumentException e) {
            AwsException invalid = AwsException.invalid("Invalid token.");
            invalid.initCause(e);
            throw invalid;
        }
    }
}
