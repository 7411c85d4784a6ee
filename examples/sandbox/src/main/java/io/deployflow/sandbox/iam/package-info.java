/**
 * Users, roles and the policies that they are held to: pure decisions, as IAM makes them from identity-based policies.
 *
 * <p>Known are {@code Effect}, {@code Action}, {@code NotAction}, {@code Resource}, {@code NotResource} with {@code *}
 * and {@code ?}, and the conditions StringEquals, StringLike, ArnEquals and ArnLike. There are no boundaries, session
 * policies, organisations or resource-based policies beside the trust of a role.
 */
@NullMarked
package io.deployflow.sandbox.iam;

import org.jspecify.annotations.NullMarked;
