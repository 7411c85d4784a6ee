/**
 * What an account has in a region beside containers and load balancers: secrets, parameters, quotas, scalable targets.
 */
@NullMarked
package io.deployflow.sandbox.account;

import org.jspecify.annotations.NullMarked;
