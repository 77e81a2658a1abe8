package interop.fakes;

/// What both upstreams call their model, so that a suite changes nothing but the backend's name.
final class ModelNames {
  static final String MODEL = "anthropic.claude-sonnet-4-5-20250929-v1:0";

  private ModelNames() {}

  static void require(String model) {
    Refused.unless(model.equals(MODEL), "no such model: " + model);
  }
}
