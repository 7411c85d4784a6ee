/** The image registry behind ECR: Debian's docker-registry in a container. */
@NullMarked
package io.deployflow.sandbox.registry;

import org.jspecify.annotations.NullMarked;
