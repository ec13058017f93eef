// TreePace: how much of a tree is worked on at once by removeTree() and changeTree().

#pragma once

namespace sftp {

// A request of theirs and its answer are a hundred bytes each, and a server carries them out one
// after another: what counts is that it never has to wait for the next one.
class TreePace
{
public:
    bool mayRequest() const { return m_requests < mostRequests; }
    bool mayList() const { return mayRequest() && m_listings < mostListings; }
    bool isIdle() const { return m_requests == 0; }

    void requested() { ++m_requests; }
    void answered() { --m_requests; }
    void listing()
    {
        ++m_listings;
        ++m_requests;
    }
    void listed()
    {
        --m_listings;
        --m_requests;
    }

private:
    static constexpr int mostRequests = 512;
    static constexpr int mostListings = 64; // each has a handle and requests of its own

    int m_requests = 0; // in flight; those of a listing count as one
    int m_listings = 0;
};

} // namespace sftp
