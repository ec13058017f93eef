// Work on files and key derivation on a thread of the pool, so that the window stays alive.

#pragma once

#include <QFuture>
#include <QPromise>
#include <QThreadPool>

#include <memory>
#include <type_traits>

namespace ui {

// The future of what `work` returns. Continue with `.then(context, ...)`.
template<typename Work>
QFuture<std::invoke_result_t<Work>> inBackground(Work work)
{
    // Shared because QThreadPool copies what it is given.
    const auto promise = std::make_shared<QPromise<std::invoke_result_t<Work>>>();
    promise->start();
    QThreadPool::globalInstance()->start([promise, work = std::move(work)] {
        promise->addResult(work());
        promise->finish();
    });
    return promise->future();
}

} // namespace ui
