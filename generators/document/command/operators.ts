// The operators of MongoDB 7 and 8 (MongoDB manual, "Operators"), by where they may stand.

const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/))

/** At the top of a filter. */
export const filterOperators = words('$and $or $nor $expr $comment $text $where $jsonSchema $sampleRate')

/** In the condition on one path. */
export const conditionOperators = words(`
  $eq $ne $gt $gte $lt $lte $in $nin $not $exists $type $regex $options $mod $all $elemMatch $size
  $bitsAllClear $bitsAllSet $bitsAnyClear $bitsAnySet
  $geoIntersects $geoWithin $near $nearSphere $maxDistance $minDistance $geometry`)

export const updateOperators = words(`
  $set $unset $inc $mul $min $max $rename $setOnInsert $currentDate $push $addToSet $pop $pull $pullAll $bit`)

export const stageOperators = words(`
  $match $sort $group $project $addFields $set $unset $lookup $unwind $limit $skip $count $sortByCount $sample
  $replaceRoot $replaceWith $facet $bucket $bucketAuto $unionWith $merge $out $graphLookup $densify $fill
  $setWindowFields $geoNear $redact $documents $search $vectorSearch $indexStats $collStats`)

export const expressionOperators = words(`
  $abs $accumulator $acos $acosh $add $addToSet $allElementsTrue $and $anyElementTrue $arrayElemAt $arrayToObject
  $asin $asinh $atan $atan2 $atanh $avg $binarySize $bitAnd $bitNot $bitOr $bitXor $bottom $bottomN $bsonSize $ceil
  $cmp $concat $concatArrays $cond $convert $cos $cosh $count $covariancePop $covarianceSamp $dateAdd $dateDiff
  $dateFromParts $dateFromString $dateSubtract $dateToParts $dateToString $dateTrunc $dayOfMonth $dayOfWeek
  $dayOfYear $degreesToRadians $denseRank $derivative $divide $documentNumber $eq $exp $expMovingAvg $filter $first
  $firstN $floor $function $getField $gt $gte $hour $ifNull $in $indexOfArray $indexOfBytes $indexOfCP $integral
  $isArray $isNumber $isoDayOfWeek $isoWeek $isoWeekYear $last $lastN $let $linearFill $literal $ln $locf $log $log10
  $lt $lte $ltrim $map $max $maxN $median $mergeObjects $meta $millisecond $min $minN $minute $mod $month $multiply
  $ne $not $objectToArray $or $percentile $pow $push $radiansToDegrees $rand $range $rank $reduce $regexFind
  $regexFindAll $regexMatch $replaceAll $replaceOne $reverseArray $round $rtrim $sampleRate $second $setDifference
  $setEquals $setField $setIntersection $setIsSubset $setUnion $shift $sin $sinh $size $slice $sortArray $split $sqrt
  $stdDevPop $stdDevSamp $strLenBytes $strLenCP $strcasecmp $substr $substrBytes $substrCP $subtract $sum $switch
  $tan $tanh $toBool $toDate $toDecimal $toDouble $toHashedIndexKey $toInt $toLong $toLower $toObjectId $toString
  $toUUID $toUpper $top $topN $trim $trunc $tsIncrement $tsSecond $type $unsetField $week $year $zip
  $elemMatch`)
