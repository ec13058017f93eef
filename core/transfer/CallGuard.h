// CallGuard: makes callbacks that do nothing once their owner is gone, or does not want them any
// more. For one thread.

#pragma once

#include <functional>
#include <memory>
#include <utility>

namespace transfer {

class CallGuard
{
public:
    // A callback that calls `function` as long as this guard lives and was not reset since.
    template<typename Function>
    auto operator()(Function function)
    {
        return [token = std::weak_ptr(m_token),
                function = std::move(function)](auto &&...arguments) mutable {
            if (!token.expired()) {
                function(std::forward<decltype(arguments)>(arguments)...);
            }
        };
    }

    // Tells whether callbacks made now do nothing any more.
    std::function<bool()> expiry() const
    {
        return [token = std::weak_ptr(m_token)] { return token.expired(); };
    }

    void reset() { m_token = std::make_shared<int>(); }

private:
    std::shared_ptr<int> m_token = std::make_shared<int>(); // only its lifetime counts
};

} // namespace transfer
