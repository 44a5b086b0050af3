"""The directory of services, kept and exchanged as Open Referral's Human Services Data Specification 3.1 says."""
