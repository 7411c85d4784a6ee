package io.deployflow.sandbox.account;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The quotas of an account in a region. */
public final class Quotas {

    private final List<Quota> quotas = new ArrayList<>(Quota.DEFAULTS);

    /**
     * The quotas of a service.
     *
     * @param service its code
     * @return empty when the sandbox knows none
     */
    public List<Quota> of(String service) {
        return quotas.stream().filter(quota -> quota.service().equals(service)).toList();
    }

    /**
     * Finds a quota.
     *
     * @param service the service's code
     * @param code the quota's code
     * @return empty when the sandbox does not know it
     */
    public Optional<Quota> find(String service, String code) {
        return of(service).stream().filter(quota -> quota.code().equals(code)).findFirst();
    }

    /**
     * Changes a quota.
     *
     * @param quota which
     * @param value how much there may be from now on
     */
    public void set(Quota quota, double value) {
        quotas.set(quotas.indexOf(quota), quota.withValue(value));
    }
}
