import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.MongoVersion;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import java.util.List;

/** Serves on a free port, prints the URL, and stops when it is told to. */
public final class Server {
  /**
   * Drivers refuse a server older than MongoDB 4.4, and this one says 4.2. What tests send it is answered all the same;
   * what it cannot do they find out by trying.
   */
  private static final class Version implements MongoVersion {
    @Override
    public List<Integer> getVersionArray() {
      return List.of(4, 4, 0);
    }

    @Override
    public int getWireVersion() {
      return 9;
    }
  }

  public static void main(String[] arguments) {
    MongoServer server = new MongoServer(new MemoryBackend().version(new Version()));
    server.bind("127.0.0.1", 0);
    Runtime.getRuntime().addShutdownHook(new Thread(server::shutdownNow));
    System.out.println("mongodb://127.0.0.1:" + server.getLocalAddress().getPort());
  }
}
