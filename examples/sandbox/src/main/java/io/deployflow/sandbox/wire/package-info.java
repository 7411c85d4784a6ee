/**
 * The HTTP front: AWS JSON 1.1 and Query/XML on one endpoint, injected faults, and a log of the calls.
 *
 * <p>Signatures are not verified, but a call without an {@code Authorization} header is refused as AWS refuses it.
 * Beside the API the endpoint has paths of its own, which need no signature:
 *
 * <ul>
 *   <li>{@code POST /_sandbox/faults} injects a fault: {@code {"operation": "UpdateService", "kind": "throttle",
 *       "skip": 0, "count": 1, "delayMillis": 1000}}. The operation {@code *} is any. Kinds: {@code throttle},
 *       {@code error} (HTTP 500), {@code denied}, {@code expired}, {@code drop} (the connection is closed, nothing is
 *       done), {@code drop_answer} (it is done, then the connection is closed), {@code delay}. It lets {@code skip}
 *       matching calls through and befalls the {@code count} after them.
 *   <li>{@code GET /_sandbox/faults} lists the faults that are left, {@code DELETE} takes them back.
 *   <li>{@code GET /_sandbox/calls} lists the last 10,000 API calls with time, service, operation, status, error, user
 *       agent, region, principal and the IAM actions needed, the oldest first; {@code DELETE} forgets them.
 * </ul>
 */
@NullMarked
package io.deployflow.sandbox.wire;

import org.jspecify.annotations.NullMarked;
