// What the raw answers to Engine's requests become. Used by the files that make its requests.

#pragma once

#include "sftp/Engine.h"

#include <functional>
#include <utility>

namespace sftp {

using RawAnswered = std::move_only_function<void(base::Result<Answer>)>;

// A callback for the raw answer, which hands on what `convert` makes of it.
template<typename T, typename Convert>
RawAnswered converted(Engine::Answered<T> answered, Convert convert)
{
    return [answered = std::move(answered),
            convert = std::move(convert)](base::Result<Answer> answer) mutable {
        answered(std::move(answer).and_then(
            [&convert](Answer &&value) -> base::Result<T> { return convert(std::move(value)); }));
    };
}

inline RawAnswered success(Engine::Answered<void> answered)
{
    return converted<void>(std::move(answered), [](Answer &&) { return base::Result<void>(); });
}

// REALPATH, READLINK and their like answer one name.
base::Result<QByteArray> onlyName(Answer &&answer);
base::Result<files::FilePath> onlyPath(Answer &&answer);

} // namespace sftp
