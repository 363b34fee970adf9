"""Many machines: the models' work through Ray Data; reading, looking up and writing stay with the driver."""

from sahelsum.cluster.runner import ClusterRunner, Work
from sahelsum.cluster.session import LOCAL, check_address

__all__ = ["LOCAL", "ClusterRunner", "Work", "check_address"]
