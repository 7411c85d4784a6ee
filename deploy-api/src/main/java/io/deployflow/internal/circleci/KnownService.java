package io.deployflow.internal.circleci;

import java.util.List;
import java.util.Optional;

/**
 * A service that people use in their tests.
 *
 * @param name how the names of its images end
 * @param port where it listens
 * @param health a command that succeeds once it can be used; empty where the port tells
 * @param hostVariable the variable by which its clients know where it is
 * @param portVariable the variable by which they know the port
 */
record KnownService(String name, int port, Optional<String> health, String hostVariable, String portVariable) {
    private static final List<KnownService> ALL = List.of(
            new KnownService("postgres", 5432, Optional.of("pg_isready -q -h 127.0.0.1"), "PGHOST", "PGPORT"),
            new KnownService("redis", 6379, Optional.of("redis-cli ping"), "REDIS_HOST", "REDIS_PORT"),
            new KnownService("mysql", 3306, Optional.of("mysqladmin ping -h 127.0.0.1"), "MYSQL_HOST", "MYSQL_PORT"),
            new KnownService("mariadb", 3306, Optional.empty(), "MYSQL_HOST", "MYSQL_PORT"),
            new KnownService("mongo", 27_017, Optional.empty(), "MONGO_HOST", "MONGO_PORT"),
            new KnownService("memcached", 11_211, Optional.empty(), "MEMCACHED_HOST", "MEMCACHED_PORT"),
            new KnownService("rabbitmq", 5672, Optional.empty(), "RABBITMQ_HOST", "RABBITMQ_PORT"),
            new KnownService("elasticsearch", 9200, Optional.empty(), "ELASTICSEARCH_HOST", "ELASTICSEARCH_PORT"));

    /** The one of an image, if it is known. */
    static Optional<KnownService> of(String image) {
        String name = baseName(image);
        return ALL.stream().filter(known -> name.startsWith(known.name())).findFirst();
    }

    /** {@code postgres} of {@code circleci/postgres:9.6-alpine}. */
    static String baseName(String image) {
        String path = image.replaceFirst("@.*", "").replaceFirst(":[^/]*$", "");
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
