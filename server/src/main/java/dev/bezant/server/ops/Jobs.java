package dev.bezant.server.ops;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is done again and again beside requests. Every job finds its work in the tables, so a stopped node leaves nothing behind. */
public final class Jobs {
    private static final Logger LOG = LoggerFactory.getLogger(Jobs.class);

    /** @param every the pause between two rounds */
    public record Job(String name, Duration every, Runnable work) {}

    private final List<Job> jobs;
    private final ScheduledExecutorService threads;

    public Jobs(List<Job> jobs) {
        this.jobs = List.copyOf(jobs);
        // One thread each: a job that waits for a provider must not hold up the others.
        this.threads = Executors.newScheduledThreadPool(jobs.size(), Thread.ofVirtual().name("job-", 1).factory());
    }

    public void start() {
        for (Job job : jobs) {
            ScheduledFuture<?> running = threads.scheduleWithFixedDelay(() -> guarded(job), 0, job.every().toMillis(), TimeUnit.MILLISECONDS);
            LOG.debug("Job {} runs every {}: {}", job.name(), job.every(), running);
        }
    }

    /** Begins no further round, and waits for those that run. */
    public void stop(Duration grace) {
        threads.shutdown();
        try {
            if (!threads.awaitTermination(grace.toMillis(), TimeUnit.MILLISECONDS)) {
                threads.shutdownNow();
            }
        } catch (InterruptedException e) {
            threads.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    /** A job that throws would never run again. */
    private static void guarded(Job job) {
        try {
            job.work().run();
        } catch (RuntimeException e) {
            LOG.error("Job {} failed; it runs again", job.name(), e);
        }
    }
}
