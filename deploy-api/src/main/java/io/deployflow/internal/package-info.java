/** How the API does its work; nothing outside of deploy-api may use it. */
@NullMarked
package io.deployflow.internal;

import org.jspecify.annotations.NullMarked;
