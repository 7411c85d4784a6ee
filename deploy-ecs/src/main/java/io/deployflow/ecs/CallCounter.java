package io.deployflow.ecs;

import io.deployflow.spi.DeployContext;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;

/** Tells of every call to AWS that was answered, retries too. */
final class CallCounter implements ExecutionInterceptor {
    private final DeployContext context;

    /**
     * Tells whom it concerns.
     *
     * @param context whose phase stays what it was when the clients were made
     */
    CallCounter(DeployContext context) {
        this.context = context;
    }

    @Override
    public void afterTransmission(Context.AfterTransmission call, ExecutionAttributes attributes) {
        context.asked(
                attributes.getAttribute(SdkExecutionAttribute.SERVICE_NAME),
                attributes.getAttribute(SdkExecutionAttribute.OPERATION_NAME));
    }
}
