/** Reads {@code deploy.yml}: from its text to an application and its targets, or to every mistake in it. */
@NullMarked
package io.deployflow.internal.config;

import org.jspecify.annotations.NullMarked;
