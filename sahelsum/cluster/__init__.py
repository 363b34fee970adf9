"""Many machines: the models' work on a shelf through Ray Data; reading, looking up and writing stay with the driver."""

from sahelsum.cluster.maker import ClusterMaker, Work
from sahelsum.cluster.session import LOCAL, check_address

__all__ = ["LOCAL", "ClusterMaker", "Work", "check_address"]
